package dev.sluice.conformance;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Targets, routes, services, upstreams, plugins, consumers and certificates change all the time while requests go
 * through them: none of these is answered with anything but 200.
 */
class ChurnTest {

  private static final int RATE = 200;
  private static final int HANDSHAKES = 20;
  private static final int WRK_CONNECTIONS = 16;
  private static final Duration LOAD = Suite.seconds(0, 600);
  private static final int WRITES = 60;
  private static final long SEED = Long.getLong("sluice.seed", System.nanoTime());
  private static final String NAME = "churn.test";

  @TempDir private Path folder;
  private final Random random = new Random(SEED);
  private final List<String> extra = new ArrayList<>();
  private final List<Echo> spare = new ArrayList<>();
  private final List<Pem> pems = new ArrayList<>();
  private Http admin;
  private int writes;

  @Test
  void noRequestNotices() throws Exception {
    for (int i = 0; i < 3; i++) {
      pems.add(Pem.selfSigned(folder, "certificate-" + i, false));
    }
    Map<String, String> listens = Map.of("proxy_listen", "127.0.0.1:0, 127.0.0.1:0 ssl");
    try (Echo stays = Echo.open("stays");
        Echo one = Echo.open("one");
        Echo two = Echo.open("two");
        Gateway gateway = Gateway.start(folder.resolve("node"), listens)) {
      spare.addAll(List.of(one, two));
      admin = gateway.admin();
      configure(stays);
      Optional<Wrk> wrk =
          Suite.full() ? Wrk.on(gateway.proxyPort(), "/kept", WRK_CONNECTIONS) : Optional.empty();
      try (Load plain = Load.on(gateway.proxyPort(), "/kept", RATE, answer -> true);
          Load tls = Load.handshakes(gateway.port("proxy_listen.1"), NAME, "/kept", HANDSHAKES)) {
        long begun = System.nanoTime();
        while (writes < WRITES || System.nanoTime() - begun < LOAD.toNanos()) {
          change();
          plain.awaitMore(2);
        }
        tls.awaitMore(HANDSHAKES);
        plain.stop();
        tls.stop();
        Figures.show("configuration written under load, times", writes + " (seed " + SEED + ")");
        plain.show("GET at " + RATE + "/s meanwhile");
        tls.show("GET with a handshake each at " + HANDSHAKES + "/s meanwhile");
        assertThat(plain.failed()).as("seed %d: %s", SEED, plain.failures()).isZero();
        assertThat(tls.failed()).as("seed %d: %s", SEED, tls.failures()).isZero();
        wrk.map(Wrk::stop)
            .ifPresent(
                result -> {
                  Figures.show("wrk meanwhile", result.requests() + " requests, " + result.failed() + " failed");
                  assertThat(result.failed()).as("seed %d: %s", SEED, result.said()).isZero();
                });
      }
    }
  }

  private void configure(Echo stays) {
    admin.form("POST", "/upstreams", "name", "servers").expect(201);
    admin.form("POST", "/upstreams/servers/targets", "target", stays.address()).expect(201);
    admin.form("POST", "/services", "name", "kept", "host", "servers").expect(201);
    admin.form("POST", "/services/kept/routes", "name", "kept", "paths[]", "/kept").expect(201);
    admin.form("POST", "/services/kept/plugins", "name", "correlation-id", "config.header_name", "X-Churn").expect(201);
    certificate();
  }

  private void change() {
    switch (random.nextInt(9)) {
      case 0, 1 -> target();
      case 2 -> route();
      case 3 -> written("PATCH", "/routes/kept", "methods[]", random.nextBoolean() ? "GET" : "POST", "methods[]", "GET");
      case 4 -> written("PATCH", "/services/kept", "retries", String.valueOf(random.nextInt(9)));
      case 5 -> upstream();
      case 6 -> plugin();
      case 7 -> consumer();
      default -> certificate();
    }
  }

  private void written(String method, String path, String... pairs) {
    assertThat(admin.form(method, path, pairs).status()).as("seed %d: %s %s", SEED, method, path).isBetween(200, 201);
    writes++;
  }

  private void target() {
    Echo echo = spare.get(random.nextInt(spare.size()));
    String path = "/upstreams/servers/targets/" + echo.address();
    int status = admin.get(path).status();
    if (status == 404) {
      written("POST", "/upstreams/servers/targets", "target", echo.address(), "weight", "" + random.nextInt(300));
    } else if (random.nextBoolean()) {
      admin.delete(path).expect(204);
      writes++;
    } else {
      written("PATCH", path, "weight", "" + random.nextInt(300));
    }
  }

  /** Routes come in front of the one that serves: more specific, and for the same service. */
  private void route() {
    if (extra.size() < 5 || random.nextBoolean()) {
      String name = "extra-" + writes;
      written("POST", "/services/kept/routes", "name", name, "paths[]", "/kept", "hosts[]", NAME);
      extra.add(name);
    } else {
      admin.delete("/routes/" + extra.remove(random.nextInt(extra.size()))).expect(204);
      writes++;
    }
  }

  private void upstream() {
    List<String> algorithms = List.of("round-robin", "least-connections", "latency", "consistent-hashing");
    written(
        "PATCH", "/upstreams/servers",
        "algorithm", algorithms.get(random.nextInt(algorithms.size())),
        "hash_on", random.nextBoolean() ? "none" : "ip",
        "healthchecks.active.healthy.interval", random.nextBoolean() ? "0" : "1",
        "healthchecks.passive.unhealthy.tcp_failures", "" + random.nextInt(5));
  }

  private void plugin() {
    JsonObject page = admin.get("/routes/kept/plugins").expect(200).json();
    if (page.getJsonArray("data").isEmpty()) {
      written("POST", "/routes/kept/plugins", "name", "response-transformer", "config.add.headers[]", "X-Added:1");
    } else {
      String id = page.getJsonArray("data").getJsonObject(0).getString("id");
      if (random.nextBoolean()) {
        written("PATCH", "/plugins/" + id, "config.add.headers[]", "X-Added:" + writes);
      } else {
        admin.delete("/plugins/" + id).expect(204);
        writes++;
      }
    }
  }

  private void consumer() {
    String name = "consumer-" + random.nextInt(5);
    if (admin.get("/consumers/" + name).status() == 404) {
      written("POST", "/consumers", "username", name);
      written("POST", "/consumers/" + name + "/key-auth", "key", "key-" + writes);
    } else {
      admin.delete("/consumers/" + name).expect(204);
      writes++;
    }
  }

  private void certificate() {
    Pem pem = pems.get(random.nextInt(pems.size()));
    JsonObject body = new JsonObject().put("cert", pem.certificate()).put("key", pem.key());
    if (admin.get("/snis/" + NAME).status() == 404) {
      admin.json("POST", "/certificates", body.put("snis", List.of(NAME))).expect(201);
    } else if (random.nextInt(3) > 0) {
      admin.json("PATCH", "/certificates/" + NAME, body).expect(200);
    } else {
      admin.delete("/certificates/" + NAME).expect(204);
    }
    writes++;
  }
}
