package dev.sluice.plugins.opentelemetry;

import com.google.protobuf.ByteString;
import dev.sluice.plugins.logging.Queues;
import dev.sluice.plugins.tracing.Format;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class OpenTelemetryReloadTest extends HotReloadContract {

  private final Collector collector = new Collector();

  @AfterEach
  void close() {
    collector.close();
  }

  @Override
  protected String plugin() {
    return "opentelemetry";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(Queues.class).library(Format.class).library(Span.class).library(ByteString.class);
  }

  /** The queue's failures are lines of the log: there are some to send. */
  @Override
  protected JsonObject config() {
    collector.refuse(2);
    return new JsonObject()
        .put("traces_endpoint", collector.tracesUrl())
        .put("logs_endpoint", collector.logsUrl())
        .put("queue", new JsonObject().put("max_batch_size", 50).put("max_coalescing_delay", 0.1));
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("tracing_instrumentations", "all", "tracing_sampling_rate", "1");
  }
}
