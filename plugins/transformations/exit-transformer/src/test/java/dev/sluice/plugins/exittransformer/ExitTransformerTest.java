package dev.sluice.plugins.exittransformer;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.plugins.requesttermination.RequestTerminationPlugin;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ExitTransformerTest {

  private static final String MARK = """
      return function(status, body, headers)
        if type(body) ~= "table" or not body.message then
          return status, body, headers
        end
        headers["X-Exit"] = kong.request.get_path()
        return 418, {said = body.message, was = status}, headers
      end
      """;

  private final TestGateway gateway =
      TestGateway.with(new ExitTransformerPlugin(), new RequestTerminationPlugin()).start();

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void changesWhatAPluginAnswers() {
    JsonObject route = gateway.route("/refused");
    gateway.plugin("request-termination", new JsonObject().put("status_code", 403).put("message", "not you"), route);
    gateway.plugin("exit-transformer", functions(MARK), route);
    HttpResponse<Buffer> answer = gateway.get("/refused/here");
    assertThat(answer.statusCode()).isEqualTo(418);
    assertThat(answer.bodyAsJsonObject()).isEqualTo(new JsonObject().put("said", "not you").put("was", 403));
    assertThat(answer.getHeader("X-Exit")).isEqualTo("/refused/here");
    assertThat(answer.getHeader("Content-Type")).isEqualTo("application/json; charset=utf-8");
    assertThat(answer.getHeader("Content-Length")).isEqualTo(String.valueOf(answer.body().length()));
  }

  @Test
  void leavesAnswersOfTheUpstreamAlone() {
    gateway.plugin("exit-transformer", functions("return function() return 418 end"), gateway.route("/up"));
    HttpResponse<Buffer> answer = gateway.get("/up?status=404");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body().length()).isPositive();
  }

  @Test
  void textsKeepTheirTypeAndTablesBecomeJson() {
    JsonObject route = gateway.route("/text");
    gateway.plugin("request-termination",
        new JsonObject().put("status_code", 503).put("body", "<p>later</p>").put("content_type", "text/html"), route);
    JsonObject made = gateway.plugin("exit-transformer",
        functions("return function(status, body, headers) return status, body:upper(), headers end"), route);
    HttpResponse<Buffer> answer = gateway.get("/text");
    assertThat(answer.bodyAsString()).isEqualTo("<P>LATER</P>");
    assertThat(answer.getHeader("Content-Type")).isEqualTo("text/html; charset=UTF-8");
    gateway.update(CoreEntities.PLUGINS, made.getString("id"), new JsonObject().put("config",
        functions("return function(status, body) return status, {was = body} end")));
    answer = gateway.get("/text");
    assertThat(answer.bodyAsJsonObject()).isEqualTo(new JsonObject().put("was", "<p>later</p>"));
    assertThat(answer.getHeader("Content-Type")).isEqualTo("application/json; charset=utf-8");
  }

  @Test
  void functionsSeeWhatThoseBeforeHaveMade() {
    JsonObject route = gateway.route("/twice");
    gateway.plugin("request-termination", new JsonObject().put("status_code", 400).put("message", "a"), route);
    gateway.plugin("exit-transformer",
        functions("return function(s, b, h) return s + 1, {message = b.message .. 'b'}, h end",
            "local n = 0 return function(s, b, h) n = n + 1 return s + 1, {message = b.message .. 'c', n = n > 0}, h end"),
        route);
    HttpResponse<Buffer> answer = gateway.get("/twice");
    assertThat(answer.statusCode()).isEqualTo(402);
    assertThat(answer.bodyAsJsonObject()).isEqualTo(new JsonObject().put("message", "abc").put("n", true));
  }

  @Test
  void unknownAndUnexpectedOnlyWhenAsked() {
    JsonObject dead = gateway.create(CoreEntities.SERVICES, new JsonObject().put("host", "127.0.0.1").put("port", 1).put("retries", 0));
    gateway.create(CoreEntities.ROUTES, new JsonObject()
        .put("paths", new JsonArray().add("/dead"))
        .put("service", new JsonObject().put("id", dead.getString("id"))));
    JsonObject made = gateway.plugin("exit-transformer", functions(MARK));
    Map<String, String> json = Map.of("Accept", "application/json");
    assertThat(gateway.get("/nowhere").statusCode()).isEqualTo(404);
    assertThat(gateway.get("/dead", json).statusCode()).isEqualTo(502);
    gateway.update(CoreEntities.PLUGINS, made.getString("id"),
        new JsonObject().put("config", new JsonObject().put("handle_unknown", true)));
    HttpResponse<Buffer> answer = gateway.get("/nowhere");
    assertThat(answer.statusCode()).isEqualTo(418);
    assertThat(answer.bodyAsJsonObject().getString("said")).isEqualTo("no Route matched with those values");
    assertThat(gateway.get("/dead", json).statusCode()).isEqualTo(502);
    gateway.update(CoreEntities.PLUGINS, made.getString("id"),
        new JsonObject().put("config", new JsonObject().put("handle_unexpected", true)));
    answer = gateway.get("/dead", json);
    assertThat(answer.statusCode()).isEqualTo(418);
    assertThat(answer.bodyAsJsonObject().getInteger("was")).isEqualTo(502);
  }

  @Test
  void whatFailsChangesNothing() {
    for (String broken : new String[] {
      "return 1", "return function() error('x') end", "return function() while true do end end",
      "return function() return 99 end", "return function(s) return s, 'x', {['bad name'] = 'y'} end",
      "return function(s) return s, 'x', {Location = 'a\\nSet-Cookie: b'} end",
    }) {
      JsonObject route = gateway.route("/broken");
      JsonObject refusing = gateway.plugin("request-termination", new JsonObject().put("status_code", 403).put("message", "no"), route);
      JsonObject made = gateway.plugin("exit-transformer", functions(broken), route);
      HttpResponse<Buffer> answer = gateway.get("/broken");
      assertThat(answer.statusCode()).as(broken).isEqualTo(403);
      assertThat(answer.bodyAsJsonObject().getString("message")).as(broken).isEqualTo("no");
      gateway.delete(CoreEntities.PLUGINS, made.getString("id"));
      gateway.delete(CoreEntities.PLUGINS, refusing.getString("id"));
      gateway.delete(CoreEntities.ROUTES, route.getString("id"));
    }
  }

  @Test
  void aScriptMayAnswerByItself() {
    JsonObject route = gateway.route("/own");
    gateway.plugin("request-termination", new JsonObject().put("status_code", 403), route);
    gateway.plugin("exit-transformer", functions("return function() return kong.response.exit(200, 'all is well') end"), route);
    HttpResponse<Buffer> answer = gateway.get("/own");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.bodyAsString()).isEqualTo("all is well");
  }

  @Test
  void refusesScriptsThatAreNone() {
    assertThatThrownBy(() -> gateway.plugin("exit-transformer", functions("return function(")))
        .hasMessageContaining("error parsing exit-transformer");
    assertThatThrownBy(() -> gateway.plugin("exit-transformer", new JsonObject()))
        .hasMessageContaining("functions: required field missing");
  }

  private static JsonObject functions(String... scripts) {
    JsonArray all = new JsonArray();
    for (String script : scripts) {
      all.add(script);
    }
    return new JsonObject().put("functions", all);
  }
}
