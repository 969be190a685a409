package dev.sluice.plugins.oauth2;

import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.MovableClock;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A gateway behind a proxy that ends TLS, with a consumer {@code bob} who has an application {@code app} with the secret
 * {@code app-secret}, and a public one {@code open}.
 */
final class OauthFixture implements AutoCloseable {

  static final String CALLBACK = "https://app.test/cb?x=1";

  final MovableClock clock = new MovableClock(Instant.ofEpochSecond(1_700_000_000));
  final TestGateway gateway = TestGateway.with(new OauthPlugin()).setting("trusted_ips", "127.0.0.0/8").clock(clock)
      .start();
  final TestBackend backend = gateway.backend(TestBackend.echo());
  final JsonObject bob = gateway.consumer("bob");

  OauthFixture() {
    client(new JsonObject().put("client_id", "app").put("client_secret", "app-secret"));
    client(new JsonObject().put("client_id", "open").put("client_type", "public"));
  }

  JsonObject client(JsonObject fields) {
    return gateway.create(OauthClient.TYPE, new JsonObject()
        .put("name", "any")
        .put("redirect_uris", new JsonArray().add(CALLBACK).add("https://app.test/other"))
        .put("consumer", new JsonObject().put("id", bob.getString("id")))
        .mergeIn(fields));
  }

  /** A configuration with all grants. */
  static JsonObject config() {
    return new JsonObject()
        .put("provision_key", "pk")
        .put("accept_http_if_already_terminated", true)
        .put("enable_authorization_code", true)
        .put("enable_implicit_grant", true)
        .put("enable_client_credentials", true)
        .put("enable_password_grant", true);
  }

  void guard(String path, JsonObject config) {
    gateway.plugin("oauth2", config, gateway.route(path, backend));
  }

  HttpResponse<Buffer> post(String path, Map<String, String> form) {
    return post(path, form, Map.of());
  }

  HttpResponse<Buffer> post(String path, Map<String, String> form, Map<String, String> headers) {
    StringBuilder body = new StringBuilder();
    form.forEach((name, value) -> body.append(body.length() == 0 ? "" : "&").append(name).append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    Map<String, String> all = new HashMap<>(headers);
    all.put("X-Forwarded-Proto", "https");
    all.put("Content-Type", "application/x-www-form-urlencoded");
    return gateway.send(HttpMethod.POST, path, all, Buffer.buffer(body.toString()));
  }

  /** What is asked of the token endpoint. */
  static Map<String, String> asApp(String grant, String... more) {
    Map<String, String> form = new HashMap<>(
        Map.of("client_id", "app", "client_secret", "app-secret", "grant_type", grant));
    return with(form, more);
  }

  /** What the operator's pages ask for. */
  static Map<String, String> authorize(String clientId, String type, String... more) {
    Map<String, String> form = new HashMap<>(Map.of(
        "client_id", clientId, "response_type", type, "provision_key", "pk", "authenticated_userid", "user1"));
    return with(form, more);
  }

  static Map<String, String> with(Map<String, String> form, String... more) {
    for (int i = 0; i < more.length; i += 2) {
      form.put(more[i], more[i + 1]);
    }
    return form;
  }

  /** The code in a redirection. */
  String code(String path, Map<String, String> form) {
    HttpResponse<Buffer> answer = post(path + "/oauth2/authorize", form);
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    String uri = answer.bodyAsJsonObject().getString("redirect_uri");
    return uri.replaceAll(".*[?&]code=([^&]*).*", "$1");
  }

  static JsonObject ok(HttpResponse<Buffer> answer) {
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    assertThat(answer.getHeader("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.getHeader("Pragma")).isEqualTo("no-cache");
    return answer.bodyAsJsonObject();
  }

  static void refused(HttpResponse<Buffer> answer, int status, String error, String description) {
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(status);
    assertThat(answer.bodyAsJsonObject())
        .isEqualTo(new JsonObject().put("error", error).put("error_description", description));
  }

  String clientToken(String path) {
    return ok(post(path + "/oauth2/token", asApp("client_credentials"))).getString("access_token");
  }

  HttpResponse<Buffer> get(String path, String token) {
    return gateway.get(path, Map.of("Authorization", "Bearer " + token));
  }

  @Override
  public void close() {
    gateway.close();
  }
}
