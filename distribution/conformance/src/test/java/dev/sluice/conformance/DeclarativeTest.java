package dev.sluice.conformance;

import dev.sluice.conformance.Http.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway without a database: it begins with a file, serves, and takes other configurations as a whole. */
class DeclarativeTest {

  private static final String NO_HASH = "0".repeat(32);
  private static final int ROUNDS = Suite.times(20, 200);
  private static final int RATE = 500;

  @TempDir private Path folder;
  private Echo echo;

  @BeforeEach
  void open() {
    echo = Echo.open("echo");
  }

  @AfterEach
  void close() {
    echo.close();
  }

  private String document(int round) {
    return String.join(
        "\n",
        "_format_version: '3.0'",
        "services:",
        "- name: service",
        "  url: http://" + echo.address(),
        "  retries: " + round % 10,
        "  routes:",
        "  - name: route-" + round,
        "    paths: [/]",
        "  - name: other",
        "    paths: [/other/" + round + "]",
        "upstreams:",
        "- name: upstream.up",
        "  healthchecks: {passive: {unhealthy: {http_failures: 1}}}",
        "  targets:",
        "  - target: 127.0.0.1:" + (9000 + round % 3),
        "consumers:",
        "- username: bob",
        "  keyauth_credentials:",
        "  - key: secret-" + round,
        "");
  }

  private Gateway start(String... settings) {
    Map<String, String> all = new java.util.HashMap<>(Map.of("database", "off"));
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return Gateway.start(folder.resolve("node"), all);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("kong.yml"), text);
  }

  @Test
  void reloadsUnderLoad() throws IOException {
    try (Gateway gateway = start("declarative_config", file(document(0)).toString())) {
      assertThat(gateway.status().get("/status/ready").expect(200).json().getString("message")).isEqualTo("ready");
      try (Load load = Load.on(gateway.proxyPort(), "/", RATE, answer -> true)) {
        for (int round = 1; round <= ROUNDS; round++) {
          gateway.admin().yaml("/config", document(round)).expect(201);
          gateway.proxy().get("/other/" + round).expect(200);
          assertThat(gateway.admin().get("/routes/route-" + round).status()).isEqualTo(200);
          load.awaitMore(RATE / 50);
        }
        load.stop();
        load.show("GET while " + ROUNDS + " configurations were declared");
        assertThat(load.failed()).as(load.failures()).isZero();
      }
      assertThat(gateway.admin().get("/routes").json().getJsonArray("data")).hasSize(2);
    }
  }

  @Test
  void restartsWithWhatWasDeclaredLast() {
    String hash;
    try (Gateway gateway = start()) {
      Reply empty = gateway.status().get("/status/ready").expect(503);
      assertThat(empty.json().getString("message"))
          .isEqualTo("no configuration available (empty configuration present)");
      assertThat(gateway.admin().get("/status").json().getString("configuration_hash")).isEqualTo(NO_HASH);
      gateway.admin().yaml("/config", document(1)).expect(201);
      hash = gateway.admin().get("/status").json().getString("configuration_hash");
      assertThat(hash).matches("[0-9a-f]{32}").isNotEqualTo(NO_HASH);
      gateway.kill();
    }
    try (Gateway gateway = start()) {
      assertThat(gateway.admin().get("/status").json().getString("configuration_hash")).isEqualTo(hash);
      gateway.status().get("/status/ready").expect(200);
      gateway.proxy().get("/other/1").expect(200);
      assertThat(gateway.admin().yaml("/config?check_hash=1", document(1)).status()).isEqualTo(304);
    }
  }

  @Test
  void refusesSingleWritesAsKongDoes() throws IOException {
    try (Gateway gateway = start("declarative_config", file(document(0)).toString())) {
      Http admin = gateway.admin();
      refused(admin.form("POST", "/routes", "paths[]", "/"), "create 'routes' entities");
      refused(admin.form("PATCH", "/services/service", "port", "81"), "update 'services' entities by 'name'");
      refused(admin.form("PUT", "/services/new", "host", "a"), "create or update 'services' entities by 'name'");
      refused(admin.delete("/services/service"), "remove 'services' entities by 'name'");
      String id = admin.get("/services/service").json().getString("id");
      refused(admin.delete("/services/" + id), "remove 'services' entities");
      refused(admin.form("POST", "/consumers/bob/key-auth", "key", "x"), "create 'keyauth_credentials' entities");
      assertThat(admin.delete("/services/nope").status()).isEqualTo(204);
      assertThat(admin.form("PATCH", "/services/nope", "port", "81").expect(404).json().getInteger("code")).isEqualTo(6);
      assertThat(admin.form("POST", "/services", "port", "x").expect(400).json().getInteger("code")).isEqualTo(2);
      admin.form("PUT", "/upstreams/upstream.up/targets/127.0.0.1:9000/unhealthy").expect(204);
      assertThat(gateway.status().get("/upstreams/upstream.up/health").expect(200).body()).contains("127.0.0.1:9000");
      gateway.status().get("/upstreams/upstream.up/targets").expect(200);
    }
  }

  private static void refused(Reply reply, String what) {
    assertThat(reply.expect(405).json())
        .isEqualTo(
            new JsonObject()
                .put("code", 12)
                .put("name", "operation unsupported")
                .put("message", "cannot " + what + " when not using a database"));
  }

  @Test
  void takesAllFormsOfADocument() {
    try (Gateway gateway = start()) {
      Http admin = gateway.admin();
      JsonObject document =
          new JsonObject()
              .put("_format_version", "3.0")
              .put("services", new JsonArray().add(new JsonObject().put("name", "my-service").put("host", "a")));
      String id = "0855b320-0dd2-547d-891d-601e9b38647f";
      JsonObject loaded = admin.json("POST", "/config", document).expect(201).json();
      assertThat(loaded.getJsonObject("services").getJsonObject(id).getString("name")).isEqualTo("my-service");
      admin.form("POST", "/config", "config", document.encode()).expect(201);
      admin.json("POST", "/config", new JsonObject().put("config", document.encode())).expect(201);
      String yaml = admin.get("/config").expect(200).json().getString("config");
      assertThat(yaml).contains("_format_version: '3.0'", "_transform: false", "id: " + id, "tags: null");
      assertThat(admin.yaml("/config", yaml).expect(201).json()).isEqualTo(loaded);
      assertThat(admin.get("/services/my-service").json().getString("id")).isEqualTo(id);
    }
  }

  @Test
  void keepsWhatServesWhenADocumentIsWrong() {
    try (Gateway gateway = start()) {
      Http admin = gateway.admin();
      admin.yaml("/config", document(1)).expect(201);
      JsonObject hash = admin.get("/status").json();
      assertThat(admin.form("POST", "/config").expect(400).json().getString("message"))
          .isEqualTo("expected a declarative configuration");
      assertThat(admin.form("POST", "/config", "config", "bla").expect(400).json().getString("message"))
          .isEqualTo(
              "declarative config is invalid: {error=\"failed parsing declarative configuration: expected an object\"}");
      JsonObject wrong = admin.yaml("/config", "_format_version: 3.0").expect(400).json();
      assertThat(wrong.getJsonObject("fields").getString("_format_version")).isEqualTo("expected a string");
      JsonObject flat =
          admin.yaml(
              "/config?flatten_errors=1",
              "_format_version: '3.0'\nconsumers:\n- username: x\n  tags: [t]\n  keyauth_credentials:\n  - key: 5\n")
              .expect(400).json();
      assertThat(flat.getJsonObject("fields")).isEqualTo(new JsonObject());
      assertThat(flat.getJsonArray("flattened_errors").getJsonObject(0).getString("entity_type"))
          .isEqualTo("keyauth_credential");
      gateway.proxy().get("/other/1").expect(200);
      assertThat(admin.get("/status").json().getString("configuration_hash"))
          .isEqualTo(hash.getString("configuration_hash"));
    }
  }

  @Test
  void doesNotStartWithAFileThatIsWrong() throws IOException {
    Path wrong = file("_format_version: '3.0'\nservices:\n- name: a\n");
    try (Gateway gateway =
        Gateway.spawn(
            Distribution.built(),
            folder.resolve("node"),
            Map.of("database", "off", "declarative_config", wrong.toString()))) {
      assertThat(gateway.ended()).isEqualTo(1);
      assertThat(gateway.log())
          .contains("in 'services':", "- in entry 1 of 'services':", "in 'host': required field missing");
    }
  }
}
