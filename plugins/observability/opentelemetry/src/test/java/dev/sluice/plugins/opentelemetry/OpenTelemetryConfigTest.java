package dev.sluice.plugins.opentelemetry;

import dev.sluice.testkit.fake.FakePluginContext;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OpenTelemetryConfigTest {

  private static final String URL = "http://127.0.0.1:4318/v1/traces";

  @TempDir private Path folder;

  private static JsonObject config() {
    return new JsonObject().put("traces_endpoint", URL);
  }

  @Test
  void defaultsAreKongs() {
    JsonObject complete = OpenTelemetrySchema.SCHEMA.complete(config());
    JsonObject expected = config()
        .putNull("logs_endpoint")
        .putNull("headers")
        .putNull("resource_attributes")
        .put("queue", new JsonObject()
            .put("max_batch_size", 200)
            .put("max_coalescing_delay", 1)
            .put("max_entries", 10_000)
            .putNull("max_bytes")
            .put("max_retry_time", 60)
            .put("initial_retry_delay", 0.01)
            .put("max_retry_delay", 60)
            .put("concurrency_limit", 1))
        .putNull("batch_span_count")
        .putNull("batch_flush_delay")
        .put("connect_timeout", 1000)
        .put("send_timeout", 5000)
        .put("read_timeout", 5000)
        .putNull("http_response_header_for_traceid")
        .put("header_type", "preserve")
        .putNull("sampling_rate")
        .put("propagation", new JsonObject()
            .putNull("extract")
            .putNull("clear")
            .putNull("inject")
            .put("default_format", "w3c"));
    assertThat(new JsonObject(complete.encode())).isEqualTo(new JsonObject(expected.encode()));
  }

  @Test
  void formerNamesStandForTheNewOnes() {
    assertThat(OpenTelemetrySchema.SCHEMA.complete(new JsonObject().put("endpoint", URL)).getString("traces_endpoint"))
        .isEqualTo(URL);
    OpenTelemetryConfig old =
        OpenTelemetrySchema.SCHEMA.read(config().put("batch_span_count", 5).put("batch_flush_delay", 7));
    assertThat(old.queue().maxBatchSize()).isEqualTo(5);
    assertThat(old.queue().maxCoalescingDelay()).isEqualTo(Duration.ofSeconds(7));
    OpenTelemetryConfig same =
        OpenTelemetrySchema.SCHEMA.read(config().put("batch_span_count", 200).put("batch_flush_delay", 3));
    assertThat(same.queue().maxBatchSize()).isEqualTo(200);
    assertThat(same.queue().maxCoalescingDelay()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void oneOfTheEndpointsIsNeeded() {
    assertThatThrownBy(() -> OpenTelemetrySchema.SCHEMA.read(new JsonObject()))
        .hasMessageContaining("at least one of these fields must be non-empty: 'traces_endpoint', 'logs_endpoint'");
  }

  @Test
  void theNodeSaysWhatIsRecorded() {
    assertThat(read("tracing_instrumentations", "off", "tracing_sampling_rate", "0.01"))
        .isEqualTo(new Instrumentations(false, false, 0.01));
    assertThat(read("tracing_instrumentations", "db_query, request", "tracing_sampling_rate", "0.5"))
        .isEqualTo(new Instrumentations(true, false, 0.5));
    assertThat(read("tracing_instrumentations", "all")).isEqualTo(new Instrumentations(true, true, 0.01));
    assertThat(read("tracing_instrumentations", "off", "opentelemetry_tracing", "balancer",
            "tracing_sampling_rate", "0.01", "opentelemetry_tracing_sampling_rate", "1"))
        .isEqualTo(new Instrumentations(false, true, 1));
  }

  private Instrumentations read(String... settings) {
    try (FakePluginContext context = new FakePluginContext(folder)) {
      for (int i = 0; i < settings.length; i += 2) {
        context.set(settings[i], settings[i + 1]);
      }
      return Instrumentations.of(context.node());
    }
  }
}
