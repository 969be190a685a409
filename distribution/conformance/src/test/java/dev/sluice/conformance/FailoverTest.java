package dev.sluice.conformance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A server is killed under load, and comes back: no client notices. */
class FailoverTest {

  private static final int RATE = 200;
  private static final Duration LOAD = Suite.seconds(8, 60);
  private static final int DEATHS = Suite.times(1, 5);
  private static final int CONNECTIONS = 64;
  private static final int CLOCK = 50;

  @TempDir private Path folder;

  @Test
  void losesAServerWithoutLosingARequest() {
    try (Echo stays = Echo.open("stays");
        Gateway gateway = Gateway.start(folder, Map.of())) {
      EchoProcess dies = EchoProcess.open("dies", 0);
      try {
        configure(gateway.admin(), stays.address(), dies.address());
        Load load = Load.on(gateway.proxyPort(), "/", RATE, answer -> true);
        long begun = System.nanoTime();
        List<Long> ejected = new ArrayList<>();
        List<Long> back = new ArrayList<>();
        try (load) {
          for (int i = 0; i < DEATHS; i++) {
            load.awaitMore(RATE);
            dies.close();
            ejected.add(becomes(gateway.admin(), dies.address(), "UNHEALTHY"));
            load.awaitMore(RATE);
            dies = EchoProcess.open("dies", dies.port());
            back.add(becomes(gateway.admin(), dies.address(), "HEALTHY"));
            Await.until("the server that is back has work", () -> servedBy(gateway.proxy(), "dies"));
          }
          Await.until("the load has lasted long enough", () -> System.nanoTime() - begun > LOAD.toNanos());
        }
        load.show("GET at " + RATE + "/s while a server dies " + DEATHS + " times");
        Figures.showMillis("dead server found UNHEALTHY after, longest", longest(ejected));
        Figures.showMillis("server that serves again found HEALTHY after, longest", longest(back));
        assertThat(load.failed()).as(load.failures()).isZero();
      } finally {
        dies.close();
      }
    }
  }

  /** As much load as the machine bears, and no rule for health but what the traffic itself tells. */
  @Test
  @EnabledIfSystemProperty(named = "sluice.conformance.full", matches = "true")
  void losesOneOfThreeAtFullLoad() {
    try (EchoProcess one = EchoProcess.open("one", 0);
        EchoProcess two = EchoProcess.open("two", 0);
        Gateway gateway = Gateway.start(folder, Map.of())) {
      EchoProcess dies = EchoProcess.open("dies", 0);
      try {
        configure(gateway.admin(), one.address(), two.address(), dies.address());
        Optional<Wrk> wrk = Wrk.on(gateway.proxyPort(), "/", CONNECTIONS);
        assumeTrue(wrk.isPresent(), "wrk is not installed");
        try (Load clock = Load.on(gateway.proxyPort(), "/", CLOCK, answer -> true)) {
          for (int i = 0; i < DEATHS; i++) {
            clock.awaitMore(CLOCK * 3);
            dies.close();
            becomes(gateway.admin(), dies.address(), "UNHEALTHY");
            clock.awaitMore(CLOCK * 3);
            dies = EchoProcess.open("dies", dies.port());
            becomes(gateway.admin(), dies.address(), "HEALTHY");
          }
          clock.stop();
          Wrk.Result result = wrk.get().stop();
          Figures.show(
              "wrk with " + CONNECTIONS + " connections while one of three servers is killed " + DEATHS + " times",
              result.requests() + " requests, " + result.failed() + " failed");
          assertThat(result.failed()).as(result.said()).isZero();
          assertThat(clock.failed()).as(clock.failures()).isZero();
        }
      } finally {
        dies.close();
      }
    }
  }

  private static long longest(List<Long> nanos) {
    return nanos.stream().mapToLong(Long::longValue).max().orElseThrow();
  }

  private static void configure(Http admin, String... targets) {
    JsonObject passive = new JsonObject().put("unhealthy", new JsonObject().put("tcp_failures", 1));
    JsonObject active =
        new JsonObject()
            .put("http_path", "/")
            .put("healthy", new JsonObject().put("interval", 1).put("successes", 1))
            .put("unhealthy", new JsonObject().put("interval", 0.5).put("tcp_failures", 1).put("http_failures", 1));
    JsonObject upstream =
        new JsonObject()
            .put("name", "servers")
            .put("healthchecks", new JsonObject().put("passive", passive).put("active", active));
    admin.json("POST", "/upstreams", upstream).expect(201);
    for (String target : targets) {
      admin.form("POST", "/upstreams/servers/targets", "target", target).expect(201);
    }
    admin.form("POST", "/services", "name", "service", "host", "servers").expect(201);
    admin.form("POST", "/services/service/routes", "paths[]", "/").expect(201);
  }

  private static long becomes(Http admin, String target, String health) {
    return Await.timed(target + " is " + health, () -> health(admin, target).equals(health));
  }

  private static String health(Http admin, String target) {
    JsonArray targets = admin.get("/upstreams/servers/health").expect(200).json().getJsonArray("data");
    return targets.stream()
        .map(JsonObject.class::cast)
        .filter(row -> row.getString("target").equals(target))
        .map(row -> row.getString("health"))
        .findFirst()
        .orElseThrow();
  }

  private static boolean servedBy(Http proxy, String backend) {
    return proxy.get("/").expect(200).json().getString("backend").equals(backend);
  }
}
