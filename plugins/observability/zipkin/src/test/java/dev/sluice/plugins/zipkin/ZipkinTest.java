package dev.sluice.plugins.zipkin;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ZipkinTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";
  private static final String PARENT = "05e3ac9a4f6e3b90";

  private final Receiver receiver = new Receiver();
  private final Who who = new Who();
  private TestGateway gateway;
  private JsonObject route;

  @BeforeEach
  void start() {
    gateway = TestGateway.with(new ZipkinPlugin(), who).start();
    route = gateway.route("/a");
    gateway.plugin("who", new JsonObject());
  }

  @AfterEach
  void stop() {
    gateway.close();
    receiver.close();
  }

  private JsonObject all() {
    return new JsonObject().put("http_endpoint", receiver.url()).put("sample_ratio", 1);
  }

  private JsonObject upstream(String uri, Map<String, String> headers) {
    return gateway.get(uri, headers).bodyAsJsonObject().getJsonObject("headers");
  }

  private static String only(JsonObject headers, String name) {
    assertThat(headers.getJsonArray(name)).as(name + " in " + headers).hasSize(1);
    return headers.getJsonArray(name).getString(0);
  }

  private static List<String> annotations(JsonObject span) {
    List<String> values = new ArrayList<>();
    JsonArray annotations = span.getJsonArray("annotations", new JsonArray());
    for (int i = 0; i < annotations.size(); i++) {
      values.add(annotations.getJsonObject(i).getString("value"));
    }
    return values;
  }

  @Test
  void aRequestHasThreeSpans() {
    gateway.create(CoreEntities.SERVICES, new JsonObject().put("name", "other").put("host", "localhost"));
    gateway.plugin("zipkin", all(), route);
    long before = System.currentTimeMillis() * 1000;
    JsonObject told = upstream("/a/b?c=d", Map.of("Host", "api.test:8000"));
    JsonObject request = receiver.span(3, "get");
    JsonObject proxy = receiver.span(3, "get (proxy)");
    JsonObject attempt = receiver.span(3, "get (balancer try 1)");

    assertThat(request.getString("kind")).isEqualTo("SERVER");
    assertThat(request.containsKey("parentId")).isFalse();
    assertThat(request.containsKey("shared")).isFalse();
    assertThat(request.getString("traceId")).matches("[0-9a-f]{32}");
    assertThat(request.getLong("timestamp")).isBetween(before, System.currentTimeMillis() * 1000);
    assertThat(request.getLong("duration")).isGreaterThan(0);
    assertThat(request.getJsonObject("localEndpoint")).isEqualTo(new JsonObject().put("serviceName", "kong"));
    assertThat(request.getJsonObject("remoteEndpoint").getString("ipv4")).isEqualTo("127.0.0.1");
    assertThat(request.getJsonObject("remoteEndpoint").getInteger("port")).isPositive();
    assertThat(request.getJsonObject("tags")).isEqualTo(new JsonObject()
        .put("lc", "kong")
        .put("http.method", "GET")
        .put("http.host", "api.test")
        .put("http.path", "/a/b")
        .put("http.protocol", "HTTP/1.1")
        .put("http.status_code", "200")
        .put("kong.node.id", request.getJsonObject("tags").getString("kong.node.id")));
    assertThat(request.getJsonObject("tags").getString("kong.node.id")).hasSize(36);
    assertThat(annotations(request)).containsExactly("krs", "krf");

    assertThat(proxy.getString("kind")).isEqualTo("CLIENT");
    assertThat(proxy.getString("parentId")).isEqualTo(request.getString("id"));
    assertThat(proxy.getString("traceId")).isEqualTo(request.getString("traceId"));
    assertThat(annotations(proxy)).containsExactly("kas", "kaf", "khs", "khf", "kbs", "kbf");
    assertThat(proxy.getJsonObject("tags")).isEqualTo(new JsonObject()
        .put("peer.hostname", "127.0.0.1")
        .put("kong.route", route.getString("id"))
        .put("kong.service", route.getJsonObject("service").getString("id")));

    assertThat(attempt.getString("kind")).isEqualTo("CLIENT");
    assertThat(attempt.getString("parentId")).isEqualTo(request.getString("id"));
    assertThat(attempt.getJsonObject("tags").getString("kong.balancer.try")).isEqualTo("1");
    assertThat(attempt.getJsonObject("tags").containsKey("error")).isFalse();
    assertThat(attempt.getJsonObject("remoteEndpoint").getString("ipv4")).isEqualTo("127.0.0.1");
    for (JsonObject inner : List.of(proxy, attempt)) {
      assertThat(inner.getLong("timestamp")).isGreaterThanOrEqualTo(request.getLong("timestamp"));
      assertThat(inner.getLong("timestamp") + inner.getLong("duration"))
          .isLessThanOrEqualTo(request.getLong("timestamp") + request.getLong("duration") + 1);
    }

    assertThat(only(told, "x-b3-traceid")).isEqualTo(request.getString("traceId"));
    assertThat(only(told, "x-b3-spanid")).isEqualTo(proxy.getString("id"));
    assertThat(only(told, "x-b3-parentspanid")).isEqualTo(request.getString("id"));
    assertThat(only(told, "x-b3-sampled")).isEqualTo("1");
    assertThat(receiver.heads()).allSatisfy(head -> {
      assertThat(head.method()).isEqualTo(HttpMethod.POST);
      assertThat(head.uri()).isEqualTo("/api/v2/spans");
      assertThat(head.getHeader("Content-Type")).isEqualTo("application/json");
    });
    assertThat(receiver.batches()).allMatch(batch -> batch.size() == 1);
  }

  @Test
  void withB3TheSpanOfTheClientIsShared() {
    gateway.plugin("zipkin", all().put("sample_ratio", 0), route);
    upstream("/a", Map.of("b3", TRACE + "-" + SPAN + "-1-" + PARENT));
    JsonObject request = receiver.span(3, "get");
    assertThat(request.getString("traceId")).isEqualTo(TRACE);
    assertThat(request.getString("id")).isEqualTo(SPAN);
    assertThat(request.getString("parentId")).isEqualTo(PARENT);
    assertThat(request.getBoolean("shared")).isTrue();
    assertThat(receiver.span(3, "get (proxy)").getString("parentId")).isEqualTo(SPAN);
  }

  @Test
  void withOtherFormatsTheSpanOfTheClientIsTheParent() {
    gateway.plugin("zipkin", all(), route);
    JsonObject told = upstream("/a", Map.of("traceparent", "00-" + TRACE + "-" + SPAN + "-01"));
    JsonObject request = receiver.span(3, "get");
    assertThat(request.getString("id")).isNotEqualTo(SPAN);
    assertThat(request.getString("parentId")).isEqualTo(SPAN);
    assertThat(only(told, "traceparent"))
        .isEqualTo("00-" + TRACE + "-" + receiver.span(3, "get (proxy)").getString("id") + "-01");
    assertThat(told.containsKey("x-b3-traceid")).isFalse();
  }

  @Test
  void aDecisionThatComesInCounts() {
    gateway.plugin("zipkin", all(), route);
    JsonObject told = upstream("/a", Map.of("b3", TRACE + "-" + SPAN + "-0"));
    assertThat(only(told, "b3")).startsWith(TRACE + "-").contains("-0-");
    assertThat(only(upstream("/a", Map.of("X-B3-Sampled", "0")), "x-b3-sampled")).isEqualTo("0");
    gateway.get("/a/last");
    assertThat(receiver.spans(3)).allMatch(span -> !span.getString("traceId").equals(TRACE)).hasSize(3);
  }

  @Test
  void whatIsNotSampledIsPassedOnAllTheSame() {
    gateway.plugin("zipkin", all().put("sample_ratio", 0), route);
    for (int i = 0; i < 20; i++) {
      JsonObject told = upstream("/a", Map.of());
      assertThat(only(told, "x-b3-sampled")).isEqualTo("0");
      assertThat(only(told, "x-b3-traceid")).matches("[0-9a-f]{32}");
    }
    upstream("/a", Map.of("X-B3-Flags", "1"));
    receiver.spans(3);
    assertThat(receiver.batches()).hasSize(3);
  }

  @Test
  void withoutAnEndpointTracesArePassedOnAlone() {
    gateway.plugin("zipkin",
        new JsonObject().put("sample_ratio", 1).put("traceid_byte_count", 8).put("default_header_type", "b3-single")
            .put("http_response_header_for_traceid", "X-Trace"),
        route);
    var answer = gateway.get("/a");
    String b3 = only(answer.bodyAsJsonObject().getJsonObject("headers"), "b3");
    assertThat(b3).matches("[0-9a-f]{16}-[0-9a-f]{16}-1-[0-9a-f]{16}");
    assertThat(answer.getHeader("X-Trace")).isEqualTo(b3.substring(0, 16));
    Await.until("it is logged", () -> who.logged().size() == 1);
    assertThat(who.logged().get(0)).isEqualTo(
        new JsonObject().put("trace_id", new JsonObject().put("b3", b3.substring(0, 16))));
  }

  @Test
  void propagationIsAsItIsConfigured() {
    gateway.plugin("zipkin",
        all().put("propagation", new JsonObject()
            .put("extract", new JsonArray().add("w3c"))
            .put("clear", new JsonArray().add("traceparent"))
            .put("inject", new JsonArray().add("datadog").add("b3-single"))
            .put("default_format", "b3")),
        route);
    JsonObject told = upstream("/a",
        Map.of("traceparent", "00-" + TRACE + "-" + SPAN + "-00", "uber-trace-id", "1:2:0:1"));
    assertThat(told.containsKey("traceparent")).isFalse();
    assertThat(only(told, "uber-trace-id")).isEqualTo("1:2:0:1");
    assertThat(only(told, "x-datadog-trace-id")).isEqualTo("11803532876627986230");
    assertThat(only(told, "x-datadog-sampling-priority")).isEqualTo("0");
    assertThat(only(told, "b3")).startsWith(TRACE).contains("-0-");
  }

  @Test
  void theOlderSettingNamesAFormatBesideThatOfTheRequest() {
    gateway.plugin("zipkin", new JsonObject().put("header_type", "w3c"), route);
    JsonObject told = upstream("/a", Map.of("b3", TRACE + "-" + SPAN + "-1"));
    assertThat(only(told, "b3")).startsWith(TRACE);
    assertThat(only(told, "traceparent")).startsWith("00-" + TRACE);
    JsonObject bare = upstream("/a", Map.of());
    assertThat(only(bare, "traceparent")).startsWith("00-");
    assertThat(bare.containsKey("b3")).isFalse();
  }

  @Test
  void tagsComeFromTheConfigurationAndTheClient() {
    gateway.consumer("anna");
    gateway.plugin("zipkin",
        all().put("local_service_name", "edge").put("default_service_name", "unknown").put("http_span_name", "method_path")
            .put("static_tags", new JsonArray().add(new JsonObject().put("name", "zone").put("value", "z1")))
            .put("phase_duration_flavor", "tags"),
        route);
    gateway.send(HttpMethod.POST, "/a/X", Map.of("who", "anna", "Zipkin-Tags", "fg=blue; bg = red ;broken;=no"),
        Buffer.buffer("x"));
    JsonObject request = receiver.span(3, "post /a/x");
    assertThat(request.getJsonObject("localEndpoint").getString("serviceName")).isEqualTo("edge");
    assertThat(request.getJsonObject("tags").getMap())
        .containsEntry("zone", "z1")
        .containsEntry("fg", "blue")
        .containsEntry("bg", "red")
        .containsEntry("kong.credential", "c1")
        .containsKeys("kong.consumer", "kong.rewrite.duration_ms")
        .doesNotContainKeys("broken", "");
    assertThat(request.containsKey("annotations")).isFalse();
    JsonObject proxy = receiver.span(3, "post /a/x (proxy)");
    assertThat(proxy.getJsonObject("tags").fieldNames())
        .contains("kong.access.duration_ms", "kong.header_filter.duration_ms", "kong.body_filter.duration_ms");
    assertThat(proxy.getJsonObject("tags").getString("kong.access.duration_ms")).matches("\\d+(\\.\\d+)?");
    assertThat(proxy.getJsonObject("remoteEndpoint").getString("serviceName")).isEqualTo("unknown");
  }

  @Test
  void theCredentialCanBeLeftOut() {
    gateway.consumer("anna");
    gateway.plugin("zipkin", all().put("include_credential", false), route);
    upstream("/a", Map.of("who", "anna"));
    assertThat(receiver.span(3, "get").getJsonObject("tags").getMap())
        .containsKey("kong.consumer")
        .doesNotContainKey("kong.credential");
  }

  @Test
  void aRequestThatIsAnsweredHereHasTwoSpans() {
    gateway.plugin("zipkin", all().put("queue", new JsonObject().put("max_batch_size", 2)), route);
    assertThat(gateway.get("/a", Map.of("no", "1")).statusCode()).isEqualTo(403);
    assertThat(receiver.span(2, "get").getJsonObject("tags").getString("http.status_code")).isEqualTo("403");
    assertThat(receiver.span(2, "get (proxy)").containsKey("remoteEndpoint")).isFalse();
    assertThat(receiver.batches()).hasSize(1);
  }

  @Test
  void aRequestWithoutARouteHasATraceWhenTheConfigurationIsGlobal() {
    gateway.plugin("zipkin", all());
    assertThat(gateway.get("/nowhere").statusCode()).isEqualTo(404);
    assertThat(receiver.span(2, "get").getJsonObject("tags").getString("http.status_code")).isEqualTo("404");
    assertThat(annotations(receiver.span(2, "get (proxy)"))).containsExactly("khs", "khf", "kbs", "kbf");
  }

  @Test
  void failedAttemptsAreTold() {
    JsonObject service = gateway.create(
        CoreEntities.SERVICES,
        new JsonObject().put("name", "down").put("host", "127.0.0.1").put("port", closedPort()).put("retries", 1));
    JsonObject down = gateway.create(CoreEntities.ROUTES, new JsonObject()
        .put("name", "to-down")
        .put("paths", new JsonArray().add("/down"))
        .put("service", new JsonObject().put("id", service.getString("id"))));
    gateway.plugin("zipkin", all(), down);
    assertThat(gateway.get("/down").statusCode()).isEqualTo(502);
    JsonObject attempt = receiver.span(3, "get (balancer try 1)");
    assertThat(attempt.getJsonObject("tags").getMap())
        .containsEntry("error", "true")
        .containsEntry("kong.balancer.state", "failed")
        .containsEntry("http.status_code", "502")
        .containsEntry("kong.service_name", "down")
        .containsEntry("kong.route_name", "to-down");
    assertThat(attempt.getJsonObject("remoteEndpoint").getString("serviceName")).isEqualTo("down");
  }

  private static int closedPort() {
    try (java.net.ServerSocket socket = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
