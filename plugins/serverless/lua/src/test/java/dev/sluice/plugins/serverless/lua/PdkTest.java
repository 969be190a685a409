package dev.sluice.plugins.serverless.lua;

import dev.sluice.testkit.TestBackend;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What scripts see of a request, and what they do with it. */
class PdkTest {

  private static Scripts scripts;

  @BeforeAll
  static void start() {
    scripts = new Scripts(Map.of("trusted_ips", "127.0.0.0/8", "event_loops", "1"));
  }

  @AfterAll
  static void stop() {
    scripts.close();
  }

  private static String request(String expression) {
    String path = scripts.route(Scripts.in("access", "kong.response.exit(200, tostring(" + expression + "))"));
    Map<String, String> headers = Map.of("Host", "Example.test:8000", "X-Mine", "yes", "X-Forwarded-Proto", "https",
        "X-Forwarded-Host", "front.test", "X-Forwarded-Port", "8443", "X-Real-IP", "10.9.8.7",
        "Cookie", "a=1; b=two");
    HttpResponse<Buffer> answer = scripts.gateway.get(path + "/%7Epath//x?a=1&b&a=2&c=%20", headers);
    return answer.bodyAsString().replace(path, "/r");
  }

  @Test
  void theRequestIsSeen() {
    assertThat(request("kong.request.get_method() .. kong.request.get_scheme()")).isEqualTo("GEThttp");
    assertThat(request("kong.request.get_host()")).isEqualTo("example.test");
    assertThat(request("kong.request.get_port()")).isEqualTo(String.valueOf(scripts.gateway.proxyPort()));
    assertThat(request("kong.request.get_forwarded_scheme()")).isEqualTo("https");
    assertThat(request("kong.request.get_forwarded_host()")).isEqualTo("front.test");
    assertThat(request("kong.request.get_forwarded_port()")).isEqualTo("8443");
    assertThat(request("kong.request.get_http_version()")).isEqualTo("1.1");
    assertThat(request("kong.request.get_path()")).isEqualTo("/r/~path/x");
    assertThat(request("kong.request.get_raw_path()")).isEqualTo("/r/%7Epath//x");
    assertThat(request("kong.request.get_path_with_query()")).isEqualTo("/r/%7Epath//x?a=1&b&a=2&c=%20");
    assertThat(request("kong.request.get_raw_query()")).isEqualTo("a=1&b&a=2&c=%20");
    assertThat(request("kong.request.get_query().a[2] .. tostring(kong.request.get_query().b)")).isEqualTo("2true");
    assertThat(request("kong.request.get_query_arg('a') .. '|' .. kong.request.get_query_arg('c')")).isEqualTo("1| ");
    assertThat(request("kong.request.get_query_arg('none')")).isEqualTo("nil");
    assertThat(request("kong.request.get_header('x-mine')")).isEqualTo("yes");
    assertThat(request("kong.request.get_headers()['X-Mine'] .. kong.request.get_headers().x_mine")).isEqualTo("yesyes");
    assertThat(request("kong.request.get_header('none')")).isEqualTo("nil");
    assertThat(request("ngx.var.request_method .. ngx.var.http_x_mine .. ngx.var.arg_a .. ngx.var.cookie_b"))
        .isEqualTo("GETyes1two");
    assertThat(request("ngx.var.uri .. ngx.var.host .. ngx.var.remote_addr")).isEqualTo("/r/~path/xexample.test10.9.8.7");
    assertThat(request("ngx.req.get_headers()['x-mine'] .. ngx.req.get_uri_args().a[1]")).isEqualTo("yes1");
    assertThat(request("select(2, pcall(function() return ngx.var.nonsense end))"))
        .endsWith("ngx.var.nonsense is not available in this gateway");
  }

  @Test
  void theClientAndTheGatewayAreSeen() {
    assertThat(request("kong.client.get_ip() .. kong.client.get_forwarded_ip()")).isEqualTo("127.0.0.110.9.8.7");
    assertThat(request("kong.client.get_port() > 0 and kong.client.get_protocol() .. kong.client.get_protocol(true)"))
        .isEqualTo("httphttps");
    assertThat(request("tostring(kong.client.get_consumer()) .. tostring(kong.client.get_credential())"))
        .isEqualTo("nilnil");
    assertThat(request("#kong.router.get_route().id .. kong.router.get_service().host")).isEqualTo("36127.0.0.1");
    assertThat(request("kong.ip.is_trusted('127.3.2.1') and not kong.ip.is_trusted('10.0.0.1')")).isEqualTo("true");
    assertThat(request("#kong.node.get_id() .. kong.version .. kong.version_num")).isEqualTo("363.9.33009003");
    assertThat(request("kong.configuration.untrusted_lua")).isEqualTo("sandbox");
    assertThat(request("kong.table.merge({a = 1}, {b = 2}).b")).isEqualTo("2");
    assertThat(request("#kong.plugin.get_id()")).isEqualTo("36");
    assertThat(request("type(kong.log.serialize().request.headers)")).isEqualTo("table");
    assertThat(request("select(2, pcall(require, 'cjson'))")).endsWith("require 'cjson' not allowed within sandbox");
    assertThat(request("setmetatable")).isEqualTo("nil");
    assertThat(request("kong.log('a', 1, nil) == nil and kong.log.inspect({a = 1}) == nil")).isEqualTo("true");
  }

  @Test
  void theUpstreamRequestIsChanged() {
    String path = scripts.route(Scripts.in("access", """
        kong.service.request.set_method('PUT') kong.service.request.set_path('/other path')
        kong.service.request.set_query({b = 'x y', a = {1, 2}, c = true})
        kong.service.request.set_header('X-One', 1) kong.service.request.add_header('X-Two', 'a')
        kong.service.request.add_header('X-Two', 'b') kong.service.request.clear_header('X-Gone')
        kong.service.request.set_headers({['X-Three'] = {'c', 'd'}, ['X-Four'] = true})
        kong.service.request.set_raw_body('new body') ngx.req.set_header('X-Five', 'five')
        """));
    JsonObject seen = scripts.send(HttpMethod.GET, path + "?z=1", Map.of("X-Gone", "1"), "").bodyAsJsonObject();
    assertThat(seen.getString("method")).isEqualTo("PUT");
    assertThat(seen.getString("uri")).isEqualTo("/other%20path?a=1&a=2&b=x%20y&c");
    assertThat(seen.getString("body")).isEqualTo("new body");
    JsonObject headers = seen.getJsonObject("headers");
    assertThat(headers.getJsonArray("x-one")).isEqualTo(new JsonArray().add("1"));
    assertThat(headers.getJsonArray("x-two")).isEqualTo(new JsonArray().add("a").add("b"));
    assertThat(headers.getJsonArray("x-three")).isEqualTo(new JsonArray().add("c").add("d"));
    assertThat(headers.getJsonArray("x-four")).isEqualTo(new JsonArray().add("true"));
    assertThat(headers.getJsonArray("x-five")).isEqualTo(new JsonArray().add("five"));
    assertThat(headers.containsKey("x-gone")).isFalse();
  }

  @Test
  void theRequestIsSentElsewhere() {
    TestBackend other = scripts.gateway.backend(TestBackend.echo());
    String path = scripts.route(Scripts.in("access", "kong.service.set_target('127.0.0.1', " + other.port() + ")"));
    JsonObject seen = scripts.gateway.get(path).bodyAsJsonObject();
    assertThat(seen.getInteger("backend")).isEqualTo(other.port());
    assertThat(seen.getJsonObject("headers").getJsonArray("host"))
        .isEqualTo(new JsonArray().add("127.0.0.1:" + other.port()));
    String same = scripts.route(Scripts.in("access", "kong.service.request.set_scheme('http')"));
    assertThat(scripts.gateway.get(same).bodyAsJsonObject().getInteger("backend")).isEqualTo(scripts.echo.port());
    // The backend speaks no TLS.
    String secure = scripts.route(Scripts.in("access", "kong.service.request.set_scheme('https')"));
    assertThat(scripts.gateway.get(secure).statusCode()).isEqualTo(502);
    assertThat(scripts.answer("kong.service.set_target('a b', 1)").statusCode()).isEqualTo(500);
    assertThat(scripts.answer("kong.service.set_target('a', 70000)").statusCode()).isEqualTo(500);
  }

  @Test
  void bodiesAreReadAndWritten() {
    String raw = scripts.route(Scripts.in("access", "kong.response.exit(200, kong.request.get_raw_body() .. '!')"));
    assertThat(scripts.send(HttpMethod.POST, raw, Map.of(), "hello").bodyAsString()).isEqualTo("hello!");
    String parsed = scripts.route(Scripts.in("access", """
        local body, err, mime = kong.request.get_body()
        kong.response.exit(200, tostring(body and body.a or err) .. ' ' .. tostring(mime))
        """));
    assertThat(scripts.send(HttpMethod.POST, parsed, Map.of("Content-Type", "application/json; charset=utf-8"),
        "{\"a\":\"é\"}").bodyAsString()).isEqualTo("é application/json");
    assertThat(scripts.send(HttpMethod.POST, parsed, Map.of("Content-Type", "application/x-www-form-urlencoded"),
        "a=x+y").bodyAsString()).isEqualTo("x y application/x-www-form-urlencoded");
    assertThat(scripts.send(HttpMethod.POST, parsed, Map.of("Content-Type", "application/json"), "{")
        .bodyAsString()).isEqualTo("invalid json body application/json");
    assertThat(scripts.send(HttpMethod.POST, parsed, Map.of("Content-Type", "multipart/form-data; boundary=xx"),
        "--xx\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\npart\r\n--xx--\r\n").bodyAsString())
        .isEqualTo("part multipart/form-data");
    assertThat(scripts.send(HttpMethod.POST, parsed, Map.of("Content-Type", "text/plain"), "x").bodyAsString())
        .startsWith("unsupported content type 'text/plain'");
    assertThat(scripts.send(HttpMethod.POST, raw, Map.of(), "x".repeat(2 << 20)).statusCode()).isEqualTo(500);
    String changed = scripts.route(Scripts.in("access", """
        local body = kong.request.get_body() body.added = {1, 2} kong.service.request.set_body(body)
        """));
    JsonObject seen = scripts.send(HttpMethod.POST, changed, Map.of("Content-Type", "application/json"),
        "{\"a\":1}").bodyAsJsonObject();
    assertThat(new JsonObject(seen.getString("body")))
        .isEqualTo(new JsonObject().put("a", 1).put("added", new JsonArray().add(1).add(2)));
    String hidden = scripts.route(Scripts.in("access", "return kong.request['get' .. '_raw_body']()"));
    assertThat(scripts.send(HttpMethod.POST, hidden, Map.of(), "x").statusCode()).isEqualTo(500);
  }

  @Test
  void answersAreGiven() {
    HttpResponse<Buffer> json = scripts.answer(
        "return kong.response.exit(403, {message = 'no'}, {['X-A'] = 'b', ['X-L'] = {'1', '2'}})");
    assertThat(json.statusCode()).isEqualTo(403);
    assertThat(json.getHeader("Content-Type")).isEqualTo("application/json; charset=utf-8");
    assertThat(json.bodyAsJsonObject()).isEqualTo(new JsonObject().put("message", "no"));
    assertThat(json.headers().getAll("X-L")).containsExactly("1", "2");
    assertThat(json.getHeader("X-A")).isEqualTo("b");
    HttpResponse<Buffer> typed = scripts.answer("kong.response.exit(200, '<a/>', {['Content-Type'] = 'text/xml'})");
    assertThat(typed.headers().getAll("Content-Type")).containsExactly("text/xml");
    HttpResponse<Buffer> early = scripts.answer(
        "kong.response.set_header('Content-Type', 'a/b') kong.response.set_header('X-B', 'c') kong.response.exit(201, 'x')");
    assertThat(early.headers().getAll("Content-Type")).containsExactly("a/b");
    assertThat(early.getHeader("X-B")).isEqualTo("c");
    HttpResponse<Buffer> error = scripts.answer("kong.response.error(404)");
    assertThat(error.statusCode()).isEqualTo(404);
    assertThat(error.bodyAsJsonObject().getString("message")).isEqualTo("Not found");
    HttpResponse<Buffer> said = scripts.answer("ngx.status = 202 ngx.say('a', 1) ngx.print({'b', 'c'}) ngx.exit(200)");
    assertThat(said.statusCode() + said.bodyAsString()).isEqualTo("202a1\nbc");
    HttpResponse<Buffer> moved = scripts.answer("ngx.redirect('/there', 301)");
    assertThat(moved.statusCode() + moved.getHeader("Location")).isEqualTo("301/there");
    assertThat(scripts.answer("ngx.exit(ngx.HTTP_FORBIDDEN)").statusCode()).isEqualTo(403);
    assertThat(scripts.answer("pcall(function() kong.response.exit(204) end) error('not reached')").statusCode())
        .isEqualTo(204);
    assertThat(scripts.answer("kong.response.exit(999)").statusCode()).isEqualTo(500);
    assertThat(scripts.answer("kong.response.exit(200, 'x', {['a\\r\\nb'] = 'c'})").statusCode()).isEqualTo(500);
  }

  @Test
  void theAnswerIsChanged() {
    String path = scripts.route(new JsonObject()
        .mergeIn(Scripts.in("header_filter", """
            kong.response.set_header('X-Status', kong.response.get_status() .. kong.response.get_source())
            kong.response.set_status(203) kong.response.add_header('X-Up', kong.service.response.get_status())
            ngx.header.x_ngx = {'a', 'b'} kong.response.clear_header('Content-Type')
            kong.response.set_header('X-Type', tostring(kong.service.response.get_header('content-type')))
            kong.ctx.plugin.seen = true
            """))
        .mergeIn(Scripts.in("body_filter", """
            local body = kong.response.get_raw_body()
            if body then kong.response.set_raw_body('<' .. #body .. tostring(kong.ctx.plugin.seen) .. '>') end
            """)));
    HttpResponse<Buffer> answer = scripts.gateway.get(path + "?big=1");
    assertThat(answer.statusCode()).isEqualTo(203);
    assertThat(answer.getHeader("X-Status")).isEqualTo("200service");
    assertThat(answer.getHeader("X-Up")).isEqualTo("200");
    assertThat(answer.headers().getAll("X-Ngx")).containsExactly("a", "b");
    assertThat(answer.getHeader("X-Type")).isEqualTo("application/json");
    assertThat(answer.getHeader("Content-Type")).isNull();
    assertThat(answer.bodyAsString()).matches("<\\d+true>");
    String upper = scripts.route(Scripts.in("body_filter", "ngx.arg[1] = ngx.arg[1] and ngx.arg[1]:upper()"));
    assertThat(scripts.gateway.get(upper).bodyAsString()).contains("\"METHOD\":\"GET\"");
  }

  @Test
  void anAnswerIsReplacedWhenItsHeadIsKnown() {
    String path = scripts.route(Scripts.in("header_filter",
        "if kong.response.get_status() == 404 then kong.response.exit(200, {found = true}, {['X-A'] = '1'}) end"));
    HttpResponse<Buffer> answer = scripts.gateway.get(path + "?status=404");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.bodyAsJsonObject()).isEqualTo(new JsonObject().put("found", true));
    assertThat(answer.headers().getAll("Content-Type")).containsExactly("application/json; charset=utf-8");
    assertThat(scripts.gateway.get(path).bodyAsJsonObject().getString("uri")).isEqualTo(path);
  }
}
