package dev.sluice.plugins.openidconnect;

import dev.sluice.testkit.RawOrigin;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static dev.sluice.testkit.EchoGateway.refused;
import static org.assertj.core.api.Assertions.assertThat;

class ProviderTest extends OidcFixture {

  private static int good(String path, String token) {
    return bearer(path, token).statusCode();
  }

  private static String stranger() {
    return TestProvider.sign(claims().build(), TestProvider.stranger());
  }

  @Test
  void allWhoWaitShareOneQuestion() {
    guard("/first", bearerOnly().put("timeout", 9000));
    int before = PROVIDER.asked("/.well-known/openid-configuration");
    int keys = PROVIDER.askedForKeys();
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + gateway.gateway().proxyPort() + "/first"))
        .header("Authorization", "Bearer " + token())
        .build();
    List<CompletableFuture<HttpResponse<String>>> answers = Stream.generate(
            () -> client.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
        .limit(20)
        .toList();
    answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    assertThat(PROVIDER.asked("/.well-known/openid-configuration")).isEqualTo(before + 1);
    assertThat(PROVIDER.askedForKeys()).isEqualTo(keys + 1);
  }

  @Test
  void newKeysAreFoundAndOldOnesForgotten() {
    guard("/rotated", bearerOnly().put("timeout", 9001).put("display_errors", true));
    String old = token();
    assertThat(good("/rotated", old)).isEqualTo(200);
    PROVIDER.rotate();
    clock.advance(Duration.ofSeconds(30));
    String fresh = token();
    assertThat(good("/rotated", fresh)).isEqualTo(200);
    refused(bearer("/rotated", old), 401, "Unauthorized (the signature is not the provider's)");
    assertThat(good("/rotated", token())).isEqualTo(200);
  }

  @Test
  void tokensOfNobodyAskTheProviderOnlyNowAndThen() {
    guard("/bounded", bearerOnly().put("timeout", 9002));
    assertThat(good("/bounded", token())).isEqualTo(200);
    int before = PROVIDER.askedForKeys();
    for (int i = 0; i < 3; i++) {
      assertThat(good("/bounded", stranger())).isEqualTo(401);
    }
    assertThat(PROVIDER.askedForKeys()).isEqualTo(before);
    clock.advance(Duration.ofSeconds(30));
    for (int i = 0; i < 3; i++) {
      assertThat(good("/bounded", stranger())).isEqualTo(401);
    }
    assertThat(PROVIDER.askedForKeys()).isEqualTo(before + 1);
  }

  @Test
  void aWithdrawnKeyIsNotBelievedForEver() {
    guard("/withdrawn", bearerOnly().put("timeout", 9003).put("cache_ttl", 600).put("verify_claims", false));
    String old = token();
    assertThat(good("/withdrawn", old)).isEqualTo(200);
    PROVIDER.rotate();
    clock.advance(Duration.ofSeconds(1201));
    assertThat(good("/withdrawn", old)).isEqualTo(401);
  }

  @Test
  void theDocumentCanBeNamedAndDoneWithout() {
    guard("/document", bearerOnly().put("issuer", PROVIDER.issuer() + "/.well-known/openid-configuration"));
    assertThat(good("/document", token())).isEqualTo(200);
    guard("/pseudo", bearerOnly()
        .put("using_pseudo_issuer", true)
        .put("extra_jwks_uris", new JsonArray().add(PROVIDER.issuer() + "/oauth2/jwks")));
    assertThat(good("/pseudo", token())).isEqualTo(200);
    assertThat(good("/pseudo", stranger())).isEqualTo(401);
    guard("/allowed", bearerOnly().put("issuers_allowed", new JsonArray().add("http://other")));
    assertThat(good("/allowed", token())).isEqualTo(401);
    assertThat(good("/allowed", PROVIDER.sign(claims().issuer("http://other").build()))).isEqualTo(200);
  }

  @Test
  void aProviderInTroubleIsAnError() {
    gateway.gateway().consumer("visitor");
    trouble("HTTP/1.1 302 Found\r\nLocation: " + PROVIDER.issuer() + "/.well-known/openid-configuration"
        + "\r\nContent-Length: 0\r\n\r\n");
    trouble("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n[1]");
    trouble("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    trouble("HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n{\"issuer\":\"" + "x".repeat(1_100_000));
    trouble("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{");
    trouble("");
  }

  private static void trouble(String says) {
    int port;
    try (RawOrigin origin = RawOrigin.saying(says)) {
      port = origin.port();
      JsonObject config =
          bearerOnly().put("issuer", "http://127.0.0.1:" + port).put("timeout", 400).put("anonymous", "visitor");
      guard("/trouble/" + port, config);
      refused(bearer("/trouble/" + port, token()), 500, "An unexpected error occurred");
    }
    clock.advance(Duration.ofSeconds(2));
    refused(bearer("/trouble/" + port, token()), 500, "An unexpected error occurred");
    assertThat(gateway.get("/trouble/" + port).statusCode()).as("nobody has to be asked").isEqualTo(200);
  }
}
