package dev.sluice.plugins.opentelemetry;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestBackend;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes spans and lines as a collector does. */
final class Collector implements AutoCloseable {

  private final List<ExportTraceServiceRequest> traces = new CopyOnWriteArrayList<>();
  private final List<ExportLogsServiceRequest> logs = new CopyOnWriteArrayList<>();
  private final List<HttpServerRequest> heads = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final TestBackend server = TestBackend.of(this::take);

  private void take(HttpServerRequest request) {
    request.body().onSuccess(body -> {
      if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        request.response().setStatusCode(503).end();
        return;
      }
      try {
        if (request.path().equals("/v1/traces")) {
          traces.add(ExportTraceServiceRequest.parseFrom(body.getBytes()));
        } else {
          logs.add(ExportLogsServiceRequest.parseFrom(body.getBytes()));
        }
        heads.add(request);
        request.response().end();
      } catch (InvalidProtocolBufferException e) {
        request.response().setStatusCode(400).end();
      }
    });
  }

  /** Refuses so many requests before it takes one. */
  void refuse(int times) {
    refusals.set(times);
  }

  int refusals() {
    return refusals.get();
  }

  String tracesUrl() {
    return "http://127.0.0.1:" + server.port() + "/v1/traces";
  }

  String logsUrl() {
    return "http://127.0.0.1:" + server.port() + "/v1/logs";
  }

  List<HttpServerRequest> heads() {
    return heads;
  }

  List<ExportTraceServiceRequest> traces() {
    return traces;
  }

  private List<Span> all() {
    return traces.stream()
        .flatMap(request -> request.getResourceSpansList().stream())
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .toList();
  }

  /** All spans, once there are so many. */
  List<Span> spans(int count) {
    Await.until(count + " spans have arrived", () -> all().size() >= count);
    return all();
  }

  /** The first span of that name, once there are so many spans. */
  Span span(int count, String name) {
    return spans(count).stream().filter(span -> span.getName().equals(name)).findFirst().orElseThrow();
  }

  /** All lines so far. */
  List<LogRecord> lines() {
    return logs.stream()
        .flatMap(request -> request.getResourceLogsList().stream())
        .flatMap(resource -> resource.getScopeLogsList().stream())
        .flatMap(scope -> scope.getLogRecordsList().stream())
        .toList();
  }

  /** Attributes by name, as texts. */
  static Map<String, String> attributes(List<KeyValue> attributes) {
    Map<String, String> map = new TreeMap<>();
    for (KeyValue each : attributes) {
      AnyValue value = each.getValue();
      map.put(each.getKey(), value.hasIntValue() ? "int " + value.getIntValue() : value.getStringValue());
    }
    return map;
  }

  @Override
  public void close() {
    server.close();
  }
}
