package dev.sluice.conformance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A real decK keeps the configuration of a gateway: what it has synced it finds again, to the last field. */
@EnabledIfSystemProperty(named = "sluice.deck", matches = ".+")
class DeckTest {

  private static final int SERVICES = 40;
  private static final int CONSUMERS = 40;
  private static final int UPSTREAMS = 15;
  private static final int PATIENCE_SECONDS = 300;

  @TempDir private Path folder;
  private Gateway gateway;

  /** What decK has said. */
  private record Said(int code, String text) {
    Said good() {
      assertThat(code).as(text).isZero();
      return this;
    }
  }

  /** It may still be being built. */
  private static void awaitDeck() throws InterruptedException {
    Path deck = Path.of(System.getProperty("sluice.deck"));
    Path failed = Path.of(deck + ".failed");
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
    while (!Files.isExecutable(deck)) {
      Assumptions.assumeFalse(Files.exists(failed), "decK could not be built");
      assertThat(System.nanoTime()).as("%s is not there", deck).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  @Test
  void findsAgainWhatItHasSynced() throws Exception {
    awaitDeck();
    try (Gateway started = Gateway.start(folder.resolve("node"), Map.of())) {
      gateway = started;
      JsonArray plugins = gateway.admin().get("/plugins/enabled").expect(200).json().getJsonArray("enabled_plugins");
      JsonObject wanted = configuration(plugins);
      Path file = Files.writeString(folder.resolve("wanted.json"), wanted.encodePrettily());
      deck("gateway", "ping").good();
      long begun = System.nanoTime();
      Said synced = deck("gateway", "sync", file.toString()).good();
      Figures.showMillis("decK, sync of " + count(wanted) + " entities", System.nanoTime() - begun);
      assertThat(synced.text()).contains("Created: " + count(wanted), "Updated: 0", "Deleted: 0");
      assertThat(deck("gateway", "diff", "--non-zero-exit-code", file.toString()).good().text())
          .contains("Created: 0", "Updated: 0", "Deleted: 0");

      JsonObject dumped = dump("first.json");
      contains("", dumped, wanted);
      deck("gateway", "reset", "--force").good();
      for (String path : List.of("/services", "/routes", "/consumers", "/plugins", "/upstreams", "/certificates")) {
        assertThat(gateway.admin().get(path).expect(200).json().getJsonArray("data")).as(path).isEmpty();
      }
      deck("gateway", "sync", folder.resolve("first.json").toString()).good();
      assertThat(dump("second.json")).isEqualTo(dumped);
      Figures.show("decK, ping, sync, empty diff, dump equal to what was synced, reset, sync of the dump", "done");
    }
  }

  private JsonObject dump(String name) throws Exception {
    Path file = folder.resolve(name);
    deck("gateway", "dump", "--yes", "--format", "json", "-o", file.toString()).good();
    return new JsonObject(Files.readString(file));
  }

  private Said deck(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(System.getProperty("sluice.deck")));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--analytics=false", "--kong-addr", "http://127.0.0.1:" + gateway.port("admin_listen.0")));
    Path said = Files.createTempFile(folder, "deck", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("DECK_"));
    builder.directory(folder.toFile());
    Process process = builder.start();
    Children.adopt(process.toHandle());
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      Children.kill(process.toHandle());
      throw new AssertionError("no end of deck " + String.join(" ", arguments) + ": " + Files.readString(said));
    }
    return new Said(process.exitValue(), "deck " + String.join(" ", arguments) + ":\n" + Files.readString(said));
  }

  /** Every kind of entity that the core and the jars shipped have. */
  private JsonObject configuration(JsonArray plugins) throws Exception {
    JsonObject all = new JsonObject().put("_format_version", "3.0");
    JsonArray services = new JsonArray();
    for (int i = 0; i < SERVICES; i++) {
      services.add(service(i));
    }
    plugins.forEach(plugin -> services.add(Samples.service((String) plugin)));
    JsonArray consumers = new JsonArray();
    for (int i = 0; i < CONSUMERS; i++) {
      JsonObject consumer =
          new JsonObject()
              .put("username", "consumer-" + i)
              .put("custom_id", "custom " + i)
              .put("tags", new JsonArray().add("people"));
      Samples.credentials(consumer, String.valueOf(i), plugins);
      if (i % 10 == 0) {
        consumer.put("plugins", new JsonArray().add(plugin("correlation-id", "header_name", "X-Consumer-" + i)));
      }
      consumers.add(consumer);
    }
    JsonArray upstreams = new JsonArray();
    for (int i = 0; i < UPSTREAMS; i++) {
      upstreams.add(upstream(i));
    }
    Pem server = Pem.selfSigned(folder, "server", false);
    Pem authority = Pem.selfSigned(folder, "authority", true);
    JsonArray names = new JsonArray();
    for (String name : List.of("*.example.com", "one.example.org")) {
      names.add(new JsonObject().put("name", name));
    }
    return all.put("services", services)
        .put("consumers", consumers)
        .put("upstreams", upstreams)
        .put(
            "plugins",
            Samples.global(plugins)
                .add(plugin("correlation-id", "header_name", "X-Everywhere"))
                .add(plugin("example", "header_value", "everywhere")))
        .put(
            "certificates",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("id", "11111111-1111-4111-8111-111111111111")
                        .put("cert", server.certificate())
                        .put("key", server.key())
                        .put("snis", names)))
        .put(
            "ca_certificates",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("id", "22222222-2222-4222-8222-222222222222")
                        .put("cert", authority.certificate())))
        .put(
            "vaults",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("prefix", "surroundings")
                        .put("name", "env")
                        .put("description", "of the process")
                        .put("config", new JsonObject().put("prefix", "SECRET_"))));
  }

  private static JsonObject service(int number) {
    JsonArray routes = new JsonArray();
    for (int i = 0; i < 2; i++) {
      JsonObject route =
          new JsonObject()
              .put("name", "route-" + number + "-" + i)
              .put("paths", new JsonArray().add("/service-" + number + "/" + i).add("~/regex-" + number + "/\\d+" + i))
              .put("methods", new JsonArray().add("GET").add("POST"))
              .put("hosts", new JsonArray().add("h" + number + ".example.com").add("*.h" + number + ".example.com"))
              .put("headers", new JsonObject().put("x-version", new JsonArray().add("1").add("2")))
              .put("strip_path", i == 0);
      if (number % 8 == 0) {
        route.put("plugins", new JsonArray().add(plugin("request-termination", "status_code", 503)));
      }
      routes.add(route);
    }
    JsonObject service =
        new JsonObject()
            .put("name", "service-" + number)
            .put("host", "upstream-" + number % UPSTREAMS)
            .put("path", "/api/atelier")
            .put("port", 8080)
            .put("protocol", "http")
            .put("connect_timeout", 2000 + number)
            .put("retries", number % 7)
            .put("tags", new JsonArray().add("atelier").add("number-" + number))
            .put("routes", routes);
    if (number % 5 == 0) {
      JsonArray names = new JsonArray().add("apikey").add("x-key");
      service.put("plugins", new JsonArray().add(plugin("key-auth", "key_names", names)));
    }
    return service;
  }

  private static JsonObject plugin(String name, String field, Object value) {
    return new JsonObject().put("name", name).put("config", new JsonObject().put(field, value));
  }

  private static JsonObject upstream(int number) {
    JsonArray targets = new JsonArray();
    for (int i = 0; i < 2; i++) {
      String target = "127.0.0." + (i + 1) + ":" + (9000 + number);
      targets.add(new JsonObject().put("target", target).put("weight", 50 * (i + 1)));
    }
    JsonObject active =
        new JsonObject().put("http_path", "/health").put("unhealthy", new JsonObject().put("tcp_failures", number));
    JsonObject upstream =
        new JsonObject()
            .put("name", "upstream-" + number)
            .put("slots", 1000 + number)
            .put("healthchecks", new JsonObject().put("active", active))
            .put("targets", targets);
    return number % 3 == 0
        ? upstream.put("algorithm", "consistent-hashing").put("hash_on", "header").put("hash_on_header", "X-User")
        : upstream;
  }

  /** How many entities a document holds: those nested included. */
  private static int count(JsonObject document) {
    int count = 0;
    for (Map.Entry<String, Object> field : document) {
      if (field.getValue() instanceof JsonArray list) {
        for (Object each : list) {
          if (each instanceof JsonObject entity) {
            count += 1 + count(entity);
          }
        }
      }
    }
    return count;
  }

  /** Whether all that was asked for is there; what else is there are defaults. */
  private static void contains(String where, Object there, Object wanted) {
    if (wanted instanceof JsonObject fields) {
      assertThat(there).as(where).isInstanceOf(JsonObject.class);
      JsonObject found = (JsonObject) there;
      fields.forEach(
          field -> contains(where + '.' + field.getKey(), found.getValue(field.getKey()), field.getValue()));
    } else if (wanted instanceof JsonArray list && !list.isEmpty() && list.getValue(0) instanceof JsonObject one
        && keyOf(one).isPresent()) {
      assertThat(there).as(where).isInstanceOf(JsonArray.class);
      assertThat((JsonArray) there).as(where).hasSameSizeAs(list);
      for (Object each : list) {
        JsonObject entity = (JsonObject) each;
        String field = keyOf(entity).orElseThrow();
        Object key = entity.getValue(field);
        contains(where + '[' + key + ']', find((JsonArray) there, field, key), entity);
      }
    } else if (wanted instanceof JsonArray list) {
      assertThat(there).as(where).isInstanceOf(JsonArray.class);
      assertThat((JsonArray) there).as(where).hasSameElementsAs(list);
    } else {
      assertThat(there).as(where).isEqualTo(wanted);
    }
  }

  /** The field by which one of many is found again; a record that has none is compared as a whole. */
  private static Optional<String> keyOf(JsonObject entity) {
    return List.of("name", "username", "target", "key", "client_id", "group", "prefix", "id").stream()
        .filter(entity::containsKey)
        .findFirst();
  }

  private static Object find(JsonArray rows, String field, Object value) {
    return rows.stream()
        .map(JsonObject.class::cast)
        .filter(row -> value.equals(row.getValue(field)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("none with " + field + " " + value + " in " + rows));
  }
}
