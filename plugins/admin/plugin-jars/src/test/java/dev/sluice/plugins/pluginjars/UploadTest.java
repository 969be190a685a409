package dev.sluice.plugins.pluginjars;

import dev.sluice.plugins.adminapi.AdminApiPlugin;
import dev.sluice.plugins.example.ExamplePlugin;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Jars that come in by the Admin API: who may bring them, what becomes of them, and that nothing is left of the bad. */
class UploadTest {

  private static final String TOKEN = "t0ken";

  @TempDir private Path made;

  private static TestGateway.Builder gateway() {
    return TestGateway.with(new PluginJarsPlugin(), new AdminApiPlugin());
  }

  private static TestGateway open() {
    return gateway().setting("admin_plugin_upload", "on").setting("admin_token", TOKEN).start();
  }

  private TestJar example() {
    return TestJar.named("example").library(ExamplePlugin.class).extension(ExamplePlugin.class.getName());
  }

  private byte[] bytes(TestJar jar) throws IOException {
    return Files.readAllBytes(jar.into(made));
  }

  private static HttpResponse<Buffer> upload(TestGateway gateway, String path, byte[] jar, String... headers) {
    Map<String, String> all = new HashMap<>(Map.of("Content-Type", "application/java-archive"));
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return gateway.admin(HttpMethod.POST, path, all, Buffer.buffer(jar));
  }

  private static HttpResponse<Buffer> upload(TestGateway gateway, String path, byte[] jar) {
    return upload(gateway, path, jar, "Kong-Admin-Token", TOKEN);
  }

  private static JsonObject get(TestGateway gateway, String path) {
    return gateway
        .admin(HttpMethod.GET, path, Map.of("Kong-Admin-Token", TOKEN), Buffer.buffer())
        .bodyAsJsonObject();
  }

  private static List<String> files(TestGateway gateway) throws IOException {
    try (Stream<Path> files = Files.list(gateway.pluginsFolder())) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static String message(HttpResponse<Buffer> answer) {
    return answer.bodyAsJsonObject().getString("message");
  }

  @Test
  void nothingComesInUnlessTheNodeIsSetToTakeIt() throws IOException {
    try (TestGateway gateway = gateway().setting("admin_token", TOKEN).start()) {
      HttpResponse<Buffer> refused = upload(gateway, "/plugin-jars", bytes(example()));

      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(message(refused)).contains("admin_plugin_upload is off");
      assertThat(get(gateway, "/plugin-jars").getJsonObject("upload").getBoolean("enabled")).isFalse();
      assertThat(files(gateway)).isEmpty();
    }
  }

  @Test
  void nothingComesInWhereNoTokenIsAskedFor() throws IOException {
    try (TestGateway gateway = gateway().setting("admin_plugin_upload", "on").start()) {
      HttpResponse<Buffer> refused = upload(gateway, "/plugin-jars", bytes(example()));

      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(message(refused)).contains("asks for none");
      assertThat(files(gateway)).isEmpty();
    }
  }

  @Test
  void aJarThatComesInServesAndIsReplaced() throws IOException {
    try (TestGateway gateway = open()) {
      byte[] first = bytes(example());
      assertThat(upload(gateway, "/plugin-jars", first, "Kong-Admin-Token", "other").statusCode()).isEqualTo(401);
      assertThat(files(gateway)).isEmpty();

      HttpResponse<Buffer> came = upload(gateway, "/plugin-jars", first);
      assertThat(came.statusCode()).as(came.bodyAsString()).isEqualTo(201);
      JsonObject row = came.bodyAsJsonObject();
      assertThat(row.getString("state")).isEqualTo("running");
      assertThat(row.getString("file")).isEqualTo("example.jar");
      assertThat(row.getJsonObject("brings").getJsonArray("filters").encode()).isEqualTo("[\"example\"]");
      gateway.route("/", gateway.backend(TestBackend.echo()));
      gateway.plugin("example", new JsonObject().put("header_name", "X-Came").put("header_value", "by upload"));
      assertThat(gateway.get("/").getHeader("X-Came")).isEqualTo("by upload");

      assertThat(upload(gateway, "/plugin-jars", first).statusCode()).isEqualTo(200);
      byte[] second = bytes(example().stamped("second").attribute("Plugin-Version", "2.0"));
      HttpResponse<Buffer> asked = upload(gateway, "/plugin-jars", second);
      assertThat(asked.statusCode()).isEqualTo(409);
      assertThat(asked.bodyAsJsonObject().getJsonObject("serving").getString("version")).isEqualTo("1.0");

      HttpResponse<Buffer> replaced = upload(gateway, "/plugin-jars?replace=1", second);
      assertThat(replaced.statusCode()).as(replaced.bodyAsString()).isEqualTo(201);
      assertThat(replaced.bodyAsJsonObject().getString("version")).isEqualTo("2.0");
      assertThat(replaced.bodyAsJsonObject().getString("generation")).isNotEqualTo(row.getString("generation"));
      assertThat(gateway.get("/").getHeader("X-Came")).isEqualTo("by upload");
      assertThat(files(gateway)).containsExactly("example.jar");
      assertThat(Files.readAllBytes(gateway.pluginsFolder().resolve("example.jar"))).isEqualTo(second);

      JsonObject record = get(gateway, "/audit").getJsonArray("data").getJsonObject(0);
      assertThat(record.getString("path")).isEqualTo("/plugin-jars");
      assertThat(record.getString("entity")).startsWith("example@2.0#");
      assertThat(record.encode()).contains("\"from\":\"1.0\",\"to\":\"2.0\"");
    }
  }

  @Test
  void whatIsRefusedLeavesTheFolderAsItWas() throws IOException {
    try (TestGateway gateway = open()) {
      byte[] good = bytes(example());
      assertThat(upload(gateway, "/plugin-jars", good).statusCode()).isEqualTo(201);

      TestJar broken = example().without("dev/sluice/plugins/example/ExamplePlugin.class");
      HttpResponse<Buffer> refused = upload(gateway, "/plugin-jars?replace=1", bytes(broken));
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(message(refused)).contains("ExamplePlugin");
      assertThat(Files.readAllBytes(gateway.pluginsFolder().resolve("example.jar"))).isEqualTo(good);

      TestJar newer = TestJar.named("newer").library(ExamplePlugin.class).extension(ExamplePlugin.class.getName()).attribute("Sluice-Api", "9.0");
      HttpResponse<Buffer> newerAnswer = upload(gateway, "/plugin-jars", bytes(newer));
      assertThat(newerAnswer.statusCode()).isEqualTo(400);
      assertThat(message(newerAnswer)).contains("wants plugin API 9.0");
      assertThat(files(gateway)).containsExactly("example.jar");
      Await.until("the refusal is forgotten", () -> get(gateway, "/plugin-jars").getJsonArray("data").stream()
          .noneMatch(row -> "refused".equals(((JsonObject) row).getString("state"))));
    }
  }

  @Test
  void whatIsNoPluginNeverGetsIntoTheFolder() throws IOException {
    try (TestGateway gateway = open()) {
      assertThat(upload(gateway, "/plugin-jars", "no jar".getBytes(StandardCharsets.UTF_8)).statusCode())
          .isEqualTo(400);
      assertThat(upload(gateway, "/plugin-jars", new byte[0]).statusCode()).isEqualTo(400);
      byte[] outside = Files.readAllBytes(example().attribute("Plugin-Id", "../outside").into(made, "outside.jar"));
      assertThat(message(upload(gateway, "/plugin-jars", outside))).contains("is not a name");
      byte[] nameless = Files.readAllBytes(example().attribute("Plugin-Id", "").into(made, "nameless.jar"));
      assertThat(message(upload(gateway, "/plugin-jars", nameless))).contains("has no Plugin-Id");
      assertThat(upload(gateway, "/services", bytes(example())).statusCode()).isEqualTo(415);
      assertThat(upload(gateway, "/plugin-jars", bytes(example()), "Kong-Admin-Token", TOKEN, "Content-Type", "text/plain")
          .statusCode()).isEqualTo(415);
      assertThat(upload(gateway, "/plugin-jars", new byte[11 << 20]).statusCode()).isEqualTo(413);
      assertThat(files(gateway)).isEmpty();
    }
  }
}
