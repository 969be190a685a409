package dev.sluice.plugins.basicauth;

import dev.sluice.testkit.EchoGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static dev.sluice.testkit.EchoGateway.header;
import static dev.sluice.testkit.EchoGateway.isAnonymous;
import static dev.sluice.testkit.EchoGateway.isConsumer;
import static dev.sluice.testkit.EchoGateway.refused;
import static org.assertj.core.api.Assertions.assertThat;

class BasicAuthFilterTest {

  private static EchoGateway gateway;
  private static JsonObject bob;
  private static JsonObject guest;

  @BeforeAll
  static void start() {
    gateway = EchoGateway.with(new BasicAuthPlugin());
    bob = gateway.gateway().consumer("bob");
    guest = gateway.gateway().consumer("guest");
    password("bob", "kong");
    password("odd", "pass:with:colon");
    password("uni", "päss");
    gateway.guard("/plain", "basic-auth", new JsonObject());
    gateway.guard("/hide", "basic-auth", new JsonObject().put("hide_credentials", true));
    gateway.guard("/realm", "basic-auth", new JsonObject().put("realm", "a \"b\""));
    gateway.guard("/guest", "basic-auth", new JsonObject().put("anonymous", "guest"));
    gateway.guard("/gone", "basic-auth", new JsonObject().put("anonymous", "nobody"));
  }

  private static void password(String name, String password) {
    JsonObject fields = new JsonObject().put("username", name).put("password", password);
    gateway.owned(BasicCredential.TYPE, bob, fields);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static String basic(String text) {
    return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse<Buffer> plain(String authorization) {
    return gateway.get("/plain", "Authorization", authorization);
  }

  @Test
  void aPasswordLetsItsConsumerIn() {
    isConsumer(plain(basic("bob:kong")), bob, "bob");
    isConsumer(plain(basic("odd:pass:with:colon")), bob, "odd");
    isConsumer(plain(basic("uni:päss")), bob, "uni");
    isConsumer(plain("basic  Ym9iOmtvbmc= ignored"), bob, "bob");
    assertThat(header(plain(basic("bob:kong")), "authorization")).containsExactly(basic("bob:kong"));
  }

  @Test
  void withoutTheRightOneNobodyGetsIn() {
    String latin1 = Base64.getEncoder().encodeToString("uni:päss".getBytes(StandardCharsets.ISO_8859_1));
    for (String wrong : new String[] {
      basic("bob:wrong"), basic("bob:"), basic("bob"), basic(":kong"), basic("Bob:kong"), basic("nobody:kong"),
      "BASIC Ym9iOmtvbmc=", "Basic", "Basic ", "Basic !!!", "Basic aaaaa", "Bearer Ym9iOmtvbmc=", "Ym9iOmtvbmc=",
      "Basic " + latin1,
    }) {
      refused(plain(wrong), 401, "Unauthorized");
    }
    assertThat(gateway.get("/plain").getHeader("WWW-Authenticate")).isEqualTo("Basic realm=\"service\"");
    assertThat(gateway.get("/realm").getHeader("WWW-Authenticate")).isEqualTo("Basic realm=\"a \\\"b\\\"\"");
  }

  @Test
  void theHashIsNoPassword() {
    String hash = PasswordHash.of("kong".getBytes(StandardCharsets.UTF_8), bob.getString("id"));
    refused(plain(basic("bob:" + hash)), 401, "Unauthorized");
  }

  @Test
  void theProxysHeaderComesFirst() {
    String good = basic("bob:kong");
    isConsumer(gateway.get("/plain", "Proxy-Authorization", good), bob, "bob");
    refused(
        gateway.get("/plain", Map.of("Proxy-Authorization", basic("bob:x"), "Authorization", good)),
        401,
        "Unauthorized");
    isConsumer(
        gateway.get("/plain", Map.of("Proxy-Authorization", basic("nobody:x"), "Authorization", good)), bob, "bob");
  }

  @Test
  void credentialsCanBeHidden() {
    HttpResponse<Buffer> answer = gateway.get("/hide", "Authorization", basic("bob:kong"));
    isConsumer(answer, bob, "bob");
    assertThat(header(answer, "authorization")).isEmpty();
  }

  @Test
  void theAnonymousConsumerStandsIn() {
    isAnonymous(gateway.get("/guest"), guest);
    isAnonymous(gateway.get("/guest", "Authorization", basic("bob:wrong")), guest);
    isConsumer(gateway.get("/guest", "Authorization", basic("bob:kong")), bob, "bob");
    refused(gateway.get("/gone"), 500, "An unexpected error occurred");
  }

  @Test
  void whatAClientSaysOfItselfIsReplaced() {
    HttpResponse<Buffer> answer = gateway.get(
        "/plain",
        Map.of("Authorization", basic("bob:kong"), "X-Consumer-Username", "root", "X-Credential-Identifier", "root",
            "X-Consumer-Custom-ID", "1", "X-Anonymous-Consumer", "true"));
    isConsumer(answer, bob, "bob");
    assertThat(header(answer, "x-consumer-custom-id")).isEmpty();
  }
}
