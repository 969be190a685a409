package dev.sluice.conformance;

import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Jars come, change and go in the plugins folder of a gateway that serves. */
class HotJarsTest {

  private static final int ROUNDS = Suite.times(6, 50);
  private static final int RATE = 500;
  private static final int WRK_CONNECTIONS = 16;

  /** What the plugin {@code example} adds to every answer. */
  private static final String HEADER = "X-Example";

  @TempDir private Path folder;
  private Path plugins;
  private Path example;
  private Path correlation;
  private byte[] original;
  private Echo echo;
  private Gateway gateway;

  @BeforeEach
  void start() throws IOException {
    plugins = Distribution.built().copyPlugins(folder.resolve("plugins"), "example");
    example = plugins.resolve("example.jar");
    correlation = plugins.resolve("correlation-id.jar");
    original = Files.readAllBytes(Distribution.built().jar("example"));
    echo = Echo.open("echo");
    gateway = Gateway.start(folder.resolve("node"), Map.of("plugins_dir", plugins.toString()));
    gateway.admin().form("POST", "/services", "name", "service", "url", "http://" + echo.address()).expect(201);
    gateway.admin().form("POST", "/services/service/routes", "paths[]", "/").expect(201);
  }

  @AfterEach
  void stop() {
    gateway.close();
    echo.close();
  }

  @Test
  void replacesAndRemovesUnderLoad() throws IOException {
    use();
    Optional<Wrk> wrk = Suite.full() ? Wrk.on(gateway.proxyPort(), "/", WRK_CONNECTIONS) : Optional.empty();
    long[] nanos = new long[ROUNDS];
    byte[] unused = Files.readAllBytes(correlation);
    try (Load load = Load.on(gateway.proxyPort(), "/", wrk.isPresent() ? RATE / 5 : RATE, HotJarsTest::marked)) {
      for (int round = 0; round < ROUNDS; round++) {
        String version = "2." + round;
        Jars.put(Jars.from(Distribution.built().jar("example")).attribute("Plugin-Version", version).bytes(), example);
        if (round % 2 == 0) {
          Jars.remove(correlation);
        } else {
          Jars.put(unused, correlation);
        }
        boolean there = round % 2 != 0;
        nanos[round] =
            Await.timed(
                "version " + version + " runs: " + status(),
                () -> runs("example", version) && available("correlation-id") == there);
        load.awaitMore(RATE / 10);
      }
      load.stop();
      load.show("GET while jars were replaced and removed " + ROUNDS + " times");
      assertThat(load.failed()).as(load.failures()).isZero();
      wrk.map(Wrk::stop)
          .ifPresent(
              result -> {
                Figures.show(
                    "wrk meanwhile", result.requests() + " requests, " + result.failed() + " failed");
                assertThat(result.failed()).as(result.said()).isZero();
              });
    }
    Figures.showMillis("jar replaced until the new generation serves, median", Figures.median(nanos));
    Figures.showMillis("jar replaced until the new generation serves, longest", Arrays.stream(nanos).max().orElseThrow());
    Await.until(() -> "all generations but one are gone: " + status(), () -> rows("example").size() == 1);
    collected();
  }

  /** From a jar that is copied into the folder to a plugin that changes answers. */
  private void use() {
    assertThat(available("example")).isFalse();
    gateway.admin().form("POST", "/services/service/plugins", "name", "example").expect(400);
    Jars.put(original, example);
    Figures.showMillis(
        "jar copied into the folder until it is available",
        Await.timed("the plugin is available", () -> available("example")));
    assertThat(gateway.proxy().get("/").expect(200).header(HEADER)).isEmpty();
    gateway.admin().form("POST", "/services/service/plugins", "name", "example").expect(201);
    assertThat(gateway.proxy().get("/").expect(200).header(HEADER)).isEqualTo("hello");
  }

  private static boolean marked(HttpClientResponse answer) {
    return "hello".equals(answer.getHeader(HEADER));
  }

  private void collected() {
    int[] looks = {0};
    Await.until(
        () -> "the class loaders of old generations are collected: " + status(),
        () -> {
          collectGarbage();
          looks[0]++;
          return status().getInteger("uncollected_class_loaders") == 0;
        });
    Figures.show("class loaders of old generations left, after collections of garbage", "0 after " + looks[0]);
  }

  private void collectGarbage() {
    try {
      Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
      Process process =
          new ProcessBuilder(jcmd.toString(), String.valueOf(gateway.process().pid()), "GC.run")
              .redirectErrorStream(true)
              .start();
      if (!process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError("jcmd: " + new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void keepsWhatIsUsedAndRemovesWhatIsNot() {
    use();
    String id = gateway.admin().get("/services/service/plugins").json().getJsonArray("data").getJsonObject(0)
        .getString("id");
    Jars.remove(example);
    Await.until(() -> "it is kept: " + status(), () -> state("example").equals("kept"));
    assertThat(rows("example").get(0).getString("reason")).startsWith("its file is gone; kept since ");
    assertThat(gateway.proxy().get("/").expect(200).header(HEADER)).isEqualTo("hello");
    assertThat(available("example")).isTrue();

    gateway.admin().delete("/plugins/" + id).expect(204);
    Await.until(() -> "it is gone: " + status(), () -> !available("example") && rows("example").isEmpty());
    assertThat(gateway.proxy().get("/").expect(200).header(HEADER)).isEmpty();
    collected();
  }

  @Test
  void refusesWhatIsBrokenAndServesOn() throws IOException {
    use();
    Path jar = Distribution.built().jar("request-termination");
    Map<String, byte[]> wrong = new LinkedHashMap<>();
    Map<String, String> reasons = new LinkedHashMap<>();
    byte[] whole = Files.readAllBytes(jar);
    put(wrong, reasons, "broken", "no jar at all".getBytes(StandardCharsets.UTF_8), "it is no readable jar");
    put(wrong, reasons, "truncated", Arrays.copyOf(whole, whole.length / 2), "it is no readable jar");
    put(wrong, reasons, "duplicate", Jars.from(jar).entry("stamp", "2").bytes(), "it is plugin 'request-termination'");
    put(wrong, reasons, "wrong-api", Jars.from(jar).attribute("Plugin-Id", "old").attribute("Sluice-Api", "99.0").bytes(),
        "it wants plugin API 99.0");
    put(wrong, reasons, "bundling",
        Jars.from(jar).attribute("Plugin-Id", "fat").entry("dev/sluice/api/GatewayPlugin.class", "x").bytes(),
        "it bundles dev/sluice/api/GatewayPlugin.class");
    put(wrong, reasons, "no-extension",
        Jars.from(jar).attribute("Plugin-Id", "bare").without("META-INF/extensions.idx").bytes(),
        "it has no META-INF/extensions.idx");
    try (Load load = Load.on(gateway.proxyPort(), "/", RATE, HotJarsTest::marked)) {
      wrong.forEach((name, content) -> Jars.put(content, plugins.resolve("wrong-" + name + ".jar")));
      // The one in use turns bad as well: what it brought stays.
      Jars.put("rubbish".getBytes(StandardCharsets.UTF_8), example);
      reasons.put("example.jar", "it is no readable jar");
      reasons.forEach(
          (file, reason) ->
              Await.until(
                  () -> file + " is refused, as " + reason + ": " + status(),
                  () ->
                      status().getJsonArray("plugins").stream()
                          .map(JsonObject.class::cast)
                          .anyMatch(
                              row ->
                                  row.getString("state").equals("refused")
                                      && row.getString("file").equals(file)
                                      && row.getString("reason").contains(reason))));
      wrong.keySet().forEach(name -> Jars.remove(plugins.resolve("wrong-" + name + ".jar")));
      Jars.put(original, example);
      Await.until(() -> "nothing is refused any more: " + status(), () -> count("refused") == 0);
      load.stop();
      assertThat(load.failed()).as(load.failures()).isZero();
    }
    assertThat(state("request-termination")).isEqualTo("running");
    Figures.show("jars refused with their reason while all served on", reasons.size());
  }

  private static void put(
      Map<String, byte[]> wrong, Map<String, String> reasons, String name, byte[] content, String reason) {
    wrong.put(name, content);
    reasons.put("wrong-" + name + ".jar", reason);
  }

  private boolean available(String plugin) {
    return gateway
        .admin()
        .get("/")
        .expect(200)
        .json()
        .getJsonObject("plugins")
        .getJsonObject("available_on_server")
        .containsKey(plugin);
  }

  private JsonObject status() {
    return gateway.admin().get("/status").expect(200).json().getJsonObject("sluice");
  }

  private List<JsonObject> rows(String plugin) {
    return status().getJsonArray("plugins").stream()
        .map(JsonObject.class::cast)
        .filter(row -> row.getString("name").equals(plugin))
        .toList();
  }

  private long count(String state) {
    return status().getJsonArray("plugins").stream()
        .map(JsonObject.class::cast)
        .filter(row -> row.getString("state").equals(state))
        .count();
  }

  private String state(String plugin) {
    return rows(plugin).stream().map(row -> row.getString("state")).findFirst().orElse("");
  }

  private boolean runs(String plugin, String version) {
    return rows(plugin).stream()
        .anyMatch(row -> row.getString("state").equals("running") && version.equals(row.getString("version")));
  }
}
