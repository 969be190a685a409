package dev.sluice.plugins.prometheus;

import dev.sluice.testkit.Await;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real Prometheus that scrapes one gateway five times a second. */
final class TestPrometheus implements AutoCloseable {

  private static final Pattern LISTENING = Pattern.compile("Listening on\" address=(127\\.0\\.0\\.1:\\d+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final Path output;
  private final String address;

  TestPrometheus(Path program, Path folder, int adminPort) throws IOException {
    Path config = Files.writeString(folder.resolve("prometheus.yml"), """
        global: {scrape_interval: 200ms, scrape_timeout: 200ms}
        scrape_configs:
          - job_name: sluice
            metrics_path: /metrics
            static_configs: [{targets: ["127.0.0.1:%d"]}]
        """.formatted(adminPort));
    output = folder.resolve("prometheus.log");
    process = new ProcessBuilder(program.toString(), "--config.file=" + config, "--web.listen-address=127.0.0.1:0",
        "--storage.tsdb.path=" + folder.resolve("data"))
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
    Await.until("Prometheus listens: " + log(), () -> LISTENING.matcher(log()).find());
    Matcher found = LISTENING.matcher(log());
    address = found.find() ? found.group(1) : "";
  }

  private String log() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What an expression of PromQL gives now; empty when there is nothing. */
  JsonArray query(String expression) {
    return get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)).getJsonArray("result");
  }

  /** What Prometheus says of what it scrapes; empty before it does. */
  JsonObject target() {
    JsonArray targets = get("/api/v1/targets").getJsonArray("activeTargets");
    return targets.isEmpty() ? new JsonObject() : targets.getJsonObject(0);
  }

  private JsonObject get(String path) {
    try {
      HttpResponse<String> answer = client.send(
          HttpRequest.newBuilder(URI.create("http://" + address + path)).build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == 503) {
        // It is not ready yet.
        return new JsonObject().put("result", new JsonArray()).put("activeTargets", new JsonArray());
      }
      JsonObject body = new JsonObject(answer.body());
      if (!body.getString("status").equals("success")) {
        throw new AssertionError(path + ": " + body);
      }
      return body.getJsonObject("data");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
