package dev.sluice.plugins.requesttransformer;

import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TransformerTest {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static TestGateway gateway;
  private static TestBackend backend;
  private static int routes;

  @BeforeAll
  static void start() {
    gateway = TestGateway.with(new RequestTransformerPlugin()).start();
    backend = gateway.backend(TestBackend.echo());
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static JsonObject edits(String what, String where, String... values) {
    return new JsonObject().put(what, new JsonObject().put(where, new JsonArray(List.of(values))));
  }

  private static String route(JsonObject config) {
    String path = "/r" + ++routes + "/";
    gateway.plugin("request-transformer", config, gateway.route(path, backend));
    return path;
  }

  private static JsonObject seen(HttpResponse<Buffer> answer) {
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return answer.bodyAsJsonObject();
  }

  private static JsonArray header(JsonObject seen, String name) {
    return seen.getJsonObject("headers").getJsonArray(name);
  }

  private static JsonObject post(String path, String contentType, String body) {
    Map<String, String> headers = Map.of("Content-Type", contentType, "X-H", "me");
    JsonObject seen = seen(gateway.send(HttpMethod.POST, path, headers, Buffer.buffer(body)));
    assertThat(header(seen, "content-length")).containsExactly(String.valueOf(seen.getString("body").length()));
    return seen;
  }

  private static String form(JsonObject config, String body) {
    return post(route(config), FORM, body).getString("body");
  }

  private static String json(JsonObject config, String body) {
    return post(route(config), "application/json", body).getString("body");
  }

  @Test
  void headersAreChangedInKongsOrder() {
    String path = route(edits("remove", "headers", "x-one")
        .mergeIn(edits("rename", "headers", "x-two:x-deux"))
        .mergeIn(edits("replace", "headers", "x-three:3", "x-deux:replaced", "x-absent:no"))
        .mergeIn(edits("add", "headers", "x-one:again", "x-four:v:with:colons", "x-deux:no"))
        .mergeIn(edits("append", "headers", "x-four:plus", "x-five:5")));
    MultiMap headers = MultiMap.caseInsensitiveMultiMap()
        .add("X-One", "1").add("x-two", "2").add("x-deux", "II").add("x-three", "III").add("x-five", "V");
    JsonObject seen = seen(gateway.send(HttpMethod.GET, path, headers, Buffer.buffer()));
    assertThat(header(seen, "x-one")).containsExactly("again");
    assertThat(header(seen, "x-two")).isNull();
    assertThat(header(seen, "x-deux")).containsExactly("replaced");
    assertThat(header(seen, "x-three")).containsExactly("3");
    assertThat(header(seen, "x-absent")).isNull();
    assertThat(header(seen, "x-four")).containsExactly("v:with:colons", "plus");
    assertThat(header(seen, "x-five")).containsExactly("V", "5");
  }

  @Test
  void theHostCanBeReplacedAndNothingElse() {
    JsonObject replaced = seen(gateway.get(route(edits("replace", "headers", "host:new.test"))));
    assertThat(header(replaced, "host")).containsExactly("new.test");
    JsonObject kept = seen(gateway.get(route(edits("add", "headers", "host:new.test")
        .mergeIn(edits("remove", "headers", "host")))));
    assertThat(header(kept, "host")).containsExactly("127.0.0.1:" + backend.port());
  }

  @Test
  void theQueryIsChanged() {
    String path = route(edits("remove", "querystring", "gone")
        .mergeIn(edits("rename", "querystring", "old:new"))
        .mergeIn(edits("replace", "querystring", "here:1 &2", "absent:no"))
        .mergeIn(edits("add", "querystring", "here:no", "added:$(query_params.old)"))
        .mergeIn(edits("append", "querystring", "here:more")));
    assertThat(seen(gateway.get(path + "?gone=1&old=a%20b&here=0&flag&e=")).getString("uri"))
        .isEqualTo(path + "?here=1%20%262&here=more&flag&e=&new=a%20b&added=a%20b");
  }

  @Test
  void methodAndPathAreReplaced() {
    String path = route(new JsonObject().put("http_method", "PUT")
        .mergeIn(edits("replace", "headers").put("replace", new JsonObject().put("uri", "/new/$(query_params.id)"))));
    JsonObject seen = seen(gateway.get(path + "?id=7"));
    assertThat(seen.getString("method")).isEqualTo("PUT");
    assertThat(seen.getString("uri")).isEqualTo("/new/7?id=7");
  }

  @Test
  void aFormBecomesAQueryWithGet() {
    String path = route(new JsonObject().put("http_method", "GET"));
    JsonObject seen = post(path + "?a=1", FORM, "a=2&b=x%20y");
    assertThat(seen.getString("method")).isEqualTo("GET");
    assertThat(seen.getString("uri")).isEqualTo(path + "?a=1&a=2&b=x%20y");
  }

  @Test
  void formsAreChanged() {
    assertThat(form(edits("remove", "body", "gone"), "gone=1&keep=2")).isEqualTo("keep=2");
    assertThat(form(edits("rename", "body", "old:new"), "old=1&new=2")).isEqualTo("new=1");
    assertThat(form(edits("replace", "body", "here:new", "absent:no"), "here=1")).isEqualTo("here=new");
    assertThat(form(edits("add", "body", "q:v:w"), "")).isEqualTo("q=v%3Aw");
    assertThat(form(edits("append", "body", "here:more"), "here=1")).isEqualTo("here=1&here=more");
    assertThat(form(edits("add", "body", "who:$(headers[\"x-h\"])"), "")).isEqualTo("who=me");
    assertThat(form(edits("remove", "body", "absent"), "a=%zz+b")).isEqualTo("a=%zz+b");
  }

  @Test
  void jsonObjectsAreChanged() {
    assertThat(json(edits("remove", "body", "gone"), "{\"gone\":1,\"keep\":{\"gone\":2}}"))
        .isEqualTo("{\"keep\":{\"gone\":2}}");
    assertThat(json(edits("rename", "body", "old:new"), "{\"old\":[1,2]}")).isEqualTo("{\"new\":[1,2]}");
    assertThat(json(edits("replace", "body", "here:new"), "{\"here\":1}")).isEqualTo("{\"here\":\"new\"}");
    assertThat(json(edits("add", "body", "here:no"), "{\"here\": 1}")).isEqualTo("{\"here\": 1}");
    assertThat(json(edits("append", "body", "here:more"), "{\"here\":\"x\"}")).isEqualTo("{\"here\":[\"x\",\"more\"]}");
    assertThat(json(edits("remove", "body", "gone"), "[1,2]")).isEqualTo("[1,2]");
    assertThat(json(edits("remove", "body", "gone"), "{\"gone\": bad")).isEqualTo("{\"gone\": bad");
    assertThat(post(route(edits("remove", "body", "gone")), "text/plain", "gone=1").getString("body"))
        .isEqualTo("gone=1");
  }

  @Test
  void multipartFormsAreChanged() {
    String path = route(edits("remove", "body", "gone")
        .mergeIn(edits("rename", "body", "old:new"))
        .mergeIn(edits("add", "body", "more:1")));
    String part = "Content-Disposition: form-data; name=\"";
    String file = part + "file\"; filename=\"f\"\r\nContent-Type: x/y\r\n\r\n\u0001--B\r\n\r\n";
    String sent = "--B\r\n" + part + "gone\"\r\n\r\n1\r\n--B\r\n" + file + "--B\r\n" + part + "old\"\r\n\r\nv\r\n--B--\r\n";
    assertThat(post(path, "multipart/form-data; boundary=B", sent).getString("body"))
        .isEqualTo("--B\r\n" + file + "--B\r\n" + part + "new\"\r\n\r\nv\r\n--B\r\n" + part + "more\"\r\n\r\n1\r\n--B--\r\n");
  }

  @Test
  void aTemplateBringsNoSecondLine() {
    String path = route(edits("add", "headers", "x-a:$(query_params.q)"));
    assertThat(gateway.get(path + "?q=a%0d%0aX-Evil:1").statusCode()).isEqualTo(500);
    assertThat(header(seen(gateway.get(path + "?q=ok")), "x-a")).containsExactly("ok");
  }

  @Test
  void templatesSeeTheRequestAsItCame() {
    String path = route(edits("replace", "headers", "x-a:new")
        .mergeIn(edits("add", "headers", "x-b:$(headers.x_a)")));
    assertThat(header(seen(gateway.get(path, Map.of("x-a", "old"))), "x-b")).containsExactly("old");
  }

  /** Case AD-06. */
  @Test
  void noValueBeginsAnotherHeader() {
    for (String what : List.of("add", "append", "replace")) {
      JsonObject config = edits(what, "headers", "x-one:1\r\nx-evil: 1");
      assertThatThrownBy(() -> route(config)).hasMessageContaining("a header value holds a control character");
    }
    String path = route(edits("add", "headers", "x-one:$(query_params.q)"));
    assertThat(header(seen(gateway.get(path + "?q=plain")), "x-one")).containsExactly("plain");
    assertThat(gateway.get(path + "?q=a%0d%0ax-evil:%201").statusCode()).isEqualTo(500);
  }
}
