package dev.sluice.testkit;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.testkit.sample.SamplePlugin;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Jars come, are replaced, go, and are refused, while the gateway runs. */
class JarIntakeTest {

  @TempDir private Path folder;
  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway = TestGateway.with().jars(folder).start();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static TestJar sample() {
    return TestJar.named("sample")
        .type(SamplePlugin.class)
        .extension(SamplePlugin.class.getName());
  }

  private boolean available() {
    return gateway.kernel().snapshot().registry().filters().containsKey("sample");
  }

  private Optional<JsonObject> status(String name) {
    JsonArray rows = gateway.kernel().node().status().getJsonArray("plugins");
    return rows.stream()
        .map(JsonObject.class::cast)
        .filter(row -> row.getString("name").equals(name))
        .findFirst();
  }

  private String reason(String file) {
    Await.until(file + " is refused", () -> status(file).map(row -> row.getString("state")).equals(Optional.of("refused")));
    return status(file).orElseThrow().getString("reason");
  }

  @Test
  void aJarComesIsReplacedAndGoes() throws IOException {
    JsonObject route = gateway.route("/x");
    assertThat(available()).isFalse();
    Path jar = sample().stamped("one").into(folder);
    Await.until("the jar is there", this::available);
    JsonObject configured = gateway.plugin("sample", new JsonObject(), route);
    assertThat(gateway.get("/x").getHeader("X-Stamp")).isEqualTo("one");

    sample().stamped("two").into(folder);
    Await.until("the new jar serves", () -> "two".equals(gateway.get("/x").getHeader("X-Stamp")));

    Files.delete(jar);
    Await.until("the jar is kept", () -> status("sample").map(row -> row.getString("state")).equals(Optional.of("kept")));
    assertThat(status("sample").orElseThrow().getString("reason"))
        .isEqualTo("its file is gone; kept since plugin " + configured.getString("id") + " is configured with it");
    assertThat(gateway.get("/x").getHeader("X-Stamp")).isEqualTo("two");

    Await.result(gateway.kernel().entities().delete(CoreEntities.PLUGINS, new EntityKey.Id(configured.getString("id"))));
    Await.until("the jar is gone", () -> !available());
    assertThat(gateway.get("/x").statusCode()).isEqualTo(200);
    Await.until("its class loader is collected", this::collected);
  }

  private boolean collected() {
    System.gc();
    return Await.result(gateway.kernel().uncollectedLoaders()) == 0;
  }

  @Test
  void aBrokenSuccessorLeavesTheOldServing() {
    JsonObject route = gateway.route("/x");
    sample().stamped("one").into(folder);
    Await.until("the jar is there", this::available);
    gateway.plugin("sample", new JsonObject(), route);
    sample().stamped("throws").into(folder);
    assertThat(reason("sample.jar")).contains("told to throw");
    assertThat(gateway.get("/x").getHeader("X-Stamp")).isEqualTo("one");
    sample().stamped("three").into(folder);
    Await.until("a good one serves", () -> "three".equals(gateway.get("/x").getHeader("X-Stamp")));
    Await.until("the refusal is forgotten", () -> status("sample.jar").isEmpty());
  }

  @Test
  void saysWhyAJarIsRefused() throws IOException {
    sample().attribute("Sluice-Api", "2.0").into(folder, "newer.jar");
    assertThat(reason("newer.jar")).contains("it wants plugin API 2.0, and this is 1.0");
    sample().attribute("Plugin-Id", "").into(folder, "nameless.jar");
    assertThat(reason("nameless.jar")).contains("its manifest has no Plugin-Id");
    sample().without("META-INF/extensions.idx").into(folder, "empty.jar");
    assertThat(reason("empty.jar")).contains("no META-INF/extensions.idx");
    sample().file("META-INF/extensions.idx", "a.A\nb.B\n").into(folder, "two.jar");
    assertThat(reason("two.jar")).contains("it has 2 extensions, expected exactly one");
    sample().type(CoreEntities.class).into(folder, "bundling.jar");
    assertThat(reason("bundling.jar")).contains("it bundles dev/sluice/api/entity/CoreEntities.class");
    sample().file("../../etc/x", "").into(folder, "slip.jar");
    assertThat(reason("slip.jar")).contains("leads outside");
    sample().extension("no.such.Type").into(folder, "missing.jar");
    assertThat(reason("missing.jar")).contains("has no class no.such.Type");

    Path good = sample().into(folder, "good.jar");
    Await.until("the good one is there", this::available);
    byte[] bytes = Files.readAllBytes(good);
    Files.write(folder.resolve("half.jar"), Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(reason("half.jar")).contains("it is no readable jar");
    sample().stamped("other").into(folder, "zz.jar");
    assertThat(reason("zz.jar")).contains("it is plugin 'sample', as is good.jar");
    assertThat(available()).isTrue();
  }

  @Test
  void twoPluginsMustNotBringTheSameName() {
    sample().into(folder);
    Await.until("the jar is there", this::available);
    sample().attribute("Plugin-Id", "rival").stamped("r").into(folder, "rival.jar");
    assertThat(reason("rival.jar")).contains("brings a filter 'sample', which is taken");
  }
}
