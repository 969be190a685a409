package dev.sluice.plugins.opentelemetry;

import com.google.protobuf.ByteString;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.plugins.canary.CanaryPlugin;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OpenTelemetryTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";
  private static final String PARENT = "00-" + TRACE + "-" + SPAN;

  private final Collector collector = new Collector();
  private TestGateway gateway;
  private JsonObject route;

  private void start(String instrumentations) {
    gateway = TestGateway.with(new OpenTelemetryPlugin(), new CanaryPlugin())
        .setting("tracing_instrumentations", instrumentations)
        .setting("tracing_sampling_rate", "1")
        .start();
    route = gateway.route("/a");
  }

  @AfterEach
  void stop() {
    gateway.close();
    collector.close();
  }

  private JsonObject traces() {
    return new JsonObject()
        .put("traces_endpoint", collector.tracesUrl())
        .put("queue", new JsonObject().put("max_batch_size", 200).put("max_coalescing_delay", 0.05));
  }

  private JsonObject upstream(String uri, Map<String, String> headers) {
    return gateway.get(uri, headers).bodyAsJsonObject().getJsonObject("headers");
  }

  private static String only(JsonObject headers, String name) {
    assertThat(headers.getJsonArray(name)).as(name + " in " + headers).hasSize(1);
    return headers.getJsonArray(name).getString(0);
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  @Test
  void whatStrategiesHaveDecidedIsTold() {
    start("request");
    gateway.plugin("opentelemetry", traces(), route);
    TestBackend next = gateway.backend(TestBackend.echo());
    gateway.plugin("canary", new JsonObject()
        .put("percentage", 100)
        .put("hash", "none")
        .put("upstream_host", "127.0.0.1")
        .put("upstream_port", next.port()), route);
    upstream("/a", Map.of());
    Map<String, String> attributes = Collector.attributes(collector.span(1, "kong").getAttributesList());
    assertThat(attributes).containsEntry("sluice.strategy.canary.group", "canary");
    assertThat(attributes.get("sluice.strategy.canary.reason")).isNotEmpty();
  }

  @Test
  void aRequestHasASpanAndOneForEachAttempt() {
    start("all");
    gateway.plugin("opentelemetry", traces().put("headers", new JsonObject().put("X-Token", "t"))
        .put("resource_attributes", new JsonObject().put("service.name", "edge").put("zone", "z1")), route);
    long before = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    JsonObject told = upstream("/a/b?c=d", Map.of("Host", "api.test:8000"));
    Span root = collector.span(2, "kong");
    Span attempt = collector.span(2, "kong.balancer");
    long after = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());

    assertThat(root.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(root.getParentSpanId()).isEmpty();
    assertThat(root.getTraceId().size()).isEqualTo(16);
    assertThat(root.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
    assertThat(root.getStartTimeUnixNano()).isBetween(before, after);
    assertThat(root.getEndTimeUnixNano()).isGreaterThan(root.getStartTimeUnixNano());
    Map<String, String> attributes = Collector.attributes(root.getAttributesList());
    assertThat(attributes.remove("kong.request.id")).matches("[0-9a-f]{32}");
    assertThat(attributes).isEqualTo(Map.of(
        "http.method", "GET",
        "http.url", "http://api.test/a/b?c=d",
        "http.host", "api.test",
        "http.scheme", "http",
        "http.flavor", "1.1",
        "http.client_ip", "127.0.0.1",
        "net.peer.ip", "127.0.0.1",
        "http.status_code", "int 200",
        "http.route", "/a"));

    assertThat(attempt.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
    assertThat(attempt.getParentSpanId()).isEqualTo(root.getSpanId());
    assertThat(attempt.getTraceId()).isEqualTo(root.getTraceId());
    assertThat(attempt.getStartTimeUnixNano()).isGreaterThanOrEqualTo(root.getStartTimeUnixNano());
    assertThat(attempt.getEndTimeUnixNano()).isLessThanOrEqualTo(root.getEndTimeUnixNano());
    assertThat(Collector.attributes(attempt.getAttributesList()))
        .containsEntry("try_count", "int 1")
        .containsEntry("net.peer.ip", "127.0.0.1")
        .containsEntry("net.peer.name", "127.0.0.1")
        .containsKey("net.peer.port")
        .doesNotContainKey("http.status_code");
    assertThat(only(told, "traceparent"))
        .isEqualTo("00-" + hex(root.getTraceId()) + "-" + hex(attempt.getSpanId()) + "-01");

    assertThat(Collector.attributes(collector.traces().get(0).getResourceSpans(0).getResource().getAttributesList()))
        .containsEntry("service.name", "edge")
        .containsEntry("service.version", "3.9.3")
        .containsEntry("zone", "z1")
        .containsKey("service.instance.id");
    assertThat(collector.heads()).allSatisfy(head -> {
      assertThat(head.method().name()).isEqualTo("POST");
      assertThat(head.getHeader("Content-Type")).isEqualTo("application/x-protobuf");
      assertThat(head.getHeader("X-Token")).isEqualTo("t");
    });
  }

  @Test
  void theTraceOfTheClientGoesOn() {
    start("request");
    gateway.plugin("opentelemetry", traces().put("http_response_header_for_traceid", "X-Trace"), route);
    var answer = gateway.get("/a", Map.of("traceparent", PARENT + "-01"));
    assertThat(answer.getHeader("X-Trace")).isEqualTo(TRACE);
    Span root = collector.span(1, "kong");
    assertThat(hex(root.getTraceId())).isEqualTo(TRACE);
    assertThat(hex(root.getParentSpanId())).isEqualTo(SPAN);
    assertThat(only(answer.bodyAsJsonObject().getJsonObject("headers"), "traceparent"))
        .isEqualTo("00-" + TRACE + "-" + hex(root.getSpanId()) + "-01");
    assertThat(collector.spans(1)).hasSize(1);
  }

  @Test
  void attemptsMayBeRecordedAlone() {
    start("balancer, router");
    gateway.plugin("opentelemetry", traces(), route);
    upstream("/a", Map.of("traceparent", PARENT + "-01"));
    Span attempt = collector.span(1, "kong.balancer");
    assertThat(hex(attempt.getParentSpanId())).isEqualTo(SPAN);
    assertThat(collector.spans(1)).hasSize(1);
  }

  @Test
  void whenTracingIsOffTracesArePassedOnAlone() {
    start("off");
    gateway.plugin("opentelemetry", traces(), route);
    assertThat(only(upstream("/a", Map.of("traceparent", PARENT + "-01")), "traceparent"))
        .startsWith("00-" + TRACE + "-")
        .doesNotContain(SPAN)
        .endsWith("-01");
    assertThat(only(upstream("/a", Map.of()), "traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
    gateway.close();
    assertThat(collector.traces()).isEmpty();
    start("off");
  }

  @Test
  void aDecisionOfOthersWinsOverTheSettings() {
    start("all");
    gateway.plugin("opentelemetry", traces().put("sampling_rate", 0), route);
    assertThat(only(upstream("/a", Map.of()), "traceparent")).endsWith("-00");
    assertThat(only(upstream("/a", Map.of("traceparent", PARENT + "-00")), "traceparent")).endsWith("-00");
    assertThat(only(upstream("/a", Map.of("traceparent", PARENT + "-01")), "traceparent")).endsWith("-01");
    assertThat(collector.spans(2)).hasSize(2).allMatch(span -> hex(span.getTraceId()).equals(TRACE));
  }

  @Test
  void theShareOfTheConfigurationWinsOverThatOfTheNode() {
    start("request");
    JsonObject other = gateway.route("/b");
    gateway.plugin("opentelemetry", traces().put("sampling_rate", 0), route);
    gateway.plugin("opentelemetry", traces(), other);
    for (int i = 0; i < 10; i++) {
      upstream("/a", Map.of());
    }
    upstream("/b", Map.of());
    assertThat(collector.spans(1)).hasSize(1).allMatch(span ->
        Collector.attributes(span.getAttributesList()).get("http.route").equals("/b"));
  }

  @Test
  void theUpstreamGetsWhatIsInjected() {
    start("all");
    gateway.plugin("opentelemetry",
        traces().put("propagation", new JsonObject()
            .put("extract", new JsonArray().add("b3"))
            .put("inject", new JsonArray().add("preserve").add("aws"))
            .put("clear", new JsonArray().add("traceparent"))
            .put("default_format", "gcp")),
        route);
    JsonObject told = upstream("/a", Map.of("traceparent", PARENT + "-01", "b3", TRACE + "-" + SPAN + "-d"));
    assertThat(told.containsKey("traceparent")).isFalse();
    assertThat(only(told, "b3")).startsWith(TRACE).contains("-d-");
    assertThat(only(told, "x-amzn-trace-id"))
        .startsWith("Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=")
        .endsWith(";Sampled=1");
    assertThat(upstream("/a", Map.of()).containsKey("x-cloud-trace-context")).isTrue();
  }

  @Test
  void failedAttemptsAndServerErrorsAreTold() {
    start("all");
    Vertx vertx = Vertx.vertx();
    NetServer broken = Await.result(vertx.createNetServer().connectHandler(socket -> socket.close())
        .listen(0, "127.0.0.1"));
    try {
      JsonObject service = gateway.create(CoreEntities.SERVICES,
          new JsonObject().put("host", "127.0.0.1").put("port", broken.actualPort()).put("retries", 0));
      JsonObject down = gateway.create(CoreEntities.ROUTES, new JsonObject()
          .put("paths", new JsonArray().add("/down"))
          .put("service", new JsonObject().put("id", service.getString("id"))));
      gateway.plugin("opentelemetry", traces(), down);
      assertThat(gateway.get("/down").statusCode()).isEqualTo(502);
      Span attempt = collector.span(2, "kong.balancer");
      assertThat(attempt.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
      assertThat(Collector.attributes(attempt.getAttributesList())).containsEntry("http.status_code", "int 502");
      assertThat(collector.span(2, "kong").getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
    } finally {
      Await.result(vertx.close());
    }
  }

  @Test
  void aRequestWithoutARouteIsToldWhenTheConfigurationIsGlobal() {
    start("all");
    gateway.plugin("opentelemetry", traces());
    assertThat(gateway.get("/nowhere").statusCode()).isEqualTo(404);
    assertThat(Collector.attributes(collector.span(1, "kong").getAttributesList()))
        .containsEntry("http.status_code", "int 404")
        .containsEntry("http.route", "");
  }

  @Test
  void whatIsRefusedIsSentAgain() {
    start("request");
    collector.refuse(2);
    gateway.plugin("opentelemetry", traces(), route);
    upstream("/a", Map.of());
    assertThat(collector.spans(1)).hasSize(1);
    assertThat(collector.refusals()).isZero();
  }

  @Test
  void spansShareABatch() {
    start("request");
    gateway.plugin("opentelemetry",
        traces().put("queue", new JsonObject().put("max_batch_size", 5).put("max_coalescing_delay", 600)), route);
    for (int i = 0; i < 5; i++) {
      upstream("/a", Map.of());
    }
    Set<ByteString> ids = collector.spans(5).stream().map(Span::getTraceId).collect(Collectors.toSet());
    assertThat(ids).hasSize(5);
    assertThat(collector.traces()).hasSize(1);
  }

  @Test
  void linesOfTheLogAreTold() {
    start("request");
    JsonObject service = gateway.create(CoreEntities.SERVICES,
        new JsonObject().put("host", "127.0.0.1").put("port", 1).put("retries", 0));
    JsonObject down = gateway.create(CoreEntities.ROUTES, new JsonObject()
        .put("paths", new JsonArray().add("/down"))
        .put("service", new JsonObject().put("id", service.getString("id"))));
    gateway.plugin("opentelemetry",
        new JsonObject().put("logs_endpoint", collector.logsUrl())
            .put("queue", new JsonObject().put("max_coalescing_delay", 0.05)),
        down);
    assertThat(gateway.get("/down", Map.of("traceparent", PARENT + "-01")).statusCode()).isEqualTo(502);
    Await.until("the line has arrived", () -> collector.lines().stream()
        .anyMatch(line -> line.getBody().getStringValue().startsWith("request ") && hex(line.getTraceId()).equals(TRACE)));
    var line = collector.lines().stream().filter(each -> !each.getTraceId().isEmpty()).findFirst().orElseThrow();
    assertThat(line.getSeverityText()).isIn("WARN", "ERROR");
    assertThat(line.getSpanId().size()).isEqualTo(8);
    assertThat(line.getFlags()).isEqualTo(1);
    assertThat(line.getTimeUnixNano()).isPositive();
    assertThat(Collector.attributes(line.getAttributesList())).containsKeys("request.id", "logger.name", "thread.name");
    assertThat(collector.traces()).isEmpty();
    assertThat(collector.heads()).allMatch(head -> List.of("/v1/logs").contains(head.path()));
  }
}
