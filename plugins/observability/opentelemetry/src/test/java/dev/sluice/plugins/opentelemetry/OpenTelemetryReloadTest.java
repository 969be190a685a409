package dev.sluice.plugins.opentelemetry;

import dev.sluice.plugins.logging.Queues;
import dev.sluice.plugins.tracing.Format;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.internal.marshal.Marshaler;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

class OpenTelemetryReloadTest extends HotReloadContract {

  /** One class of each jar. */
  private static final List<Class<?>> SDK = List.of(
      SpanContext.class, ComponentLoader.class, Context.class, Resource.class, SpanData.class, LogRecordData.class,
      Marshaler.class, TraceRequestMarshaler.class);

  private final AtomicInteger requests = new AtomicInteger();

  /** Refuses the first ones: the queue's failures are lines of the log, so that there are some to send. */
  private final TestBackend collector = TestBackend.of(request ->
      request.response().setStatusCode(requests.incrementAndGet() <= 2 ? 503 : 200).end());

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
    TestJar jar = super.jar().library(Queues.class).library(Format.class);
    return SDK.stream().reduce(jar, TestJar::library, (one, same) -> same);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject()
        .put("traces_endpoint", "http://127.0.0.1:" + collector.port() + "/v1/traces")
        .put("logs_endpoint", "http://127.0.0.1:" + collector.port() + "/v1/logs")
        .put("queue", new JsonObject().put("max_batch_size", 50).put("max_coalescing_delay", 0.1));
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("tracing_instrumentations", "all", "tracing_sampling_rate", "0.2");
  }
}
