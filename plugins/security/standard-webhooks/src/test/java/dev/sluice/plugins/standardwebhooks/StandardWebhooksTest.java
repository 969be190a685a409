package dev.sluice.plugins.standardwebhooks;

import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.MovableClock;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StandardWebhooksTest {

  private static final long NOW = 1_767_268_800;
  private static final String BODY = "{\"a\":\"ü\"}";
  private static TestGateway gateway;

  @BeforeAll
  static void start() {
    gateway = TestGateway.with(new StandardWebhooksPlugin())
        .clock(new MovableClock(Instant.ofEpochSecond(NOW)))
        .start();
    JsonObject route = gateway.route("/hook", gateway.backend(TestBackend.echo()));
    gateway.plugin("standard-webhooks", new JsonObject().put("secret_v1", "whsec_s"), route);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static String signed(String secret, String id, long time, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] hash = mac.doFinal((id + "." + time + "." + body).getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpResponse<Buffer> send(String id, String time, String signature, String body) {
    Map<String, String> headers = new HashMap<>();
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", time);
    headers.put("webhook-signature", signature);
    return gateway.send(HttpMethod.POST, "/hook", headers, Buffer.buffer(body));
  }

  private static int status(long time, String signature, String body) {
    return send("m1", String.valueOf(time), signature, body).statusCode();
  }

  @Test
  void aValidSignaturePasses() {
    var answer = send("m1", String.valueOf(NOW), signed("whsec_s", "m1", NOW, BODY), BODY);
    assertThat(answer.statusCode()).isEqualTo(200);
    byte[] seen = answer.bodyAsJsonObject().getString("body").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(new String(seen, StandardCharsets.UTF_8)).isEqualTo(BODY);
    assertThat(status(NOW - 300, signed("whsec_s", "m1", NOW - 300, BODY), BODY)).isEqualTo(200);
    assertThat(status(NOW, "v1,other " + signed("whsec_s", "m1", NOW, BODY), BODY)).isEqualTo(200);
  }

  @Test
  void anythingElseIsABadRequest() {
    String good = signed("whsec_s", "m1", NOW, BODY);
    var refused = send("m2", String.valueOf(NOW), good, BODY);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.bodyAsJsonObject().getString("message")).isEqualTo("Bad request");
    assertThat(status(NOW, signed("other", "m1", NOW, BODY), BODY)).isEqualTo(400);
    assertThat(status(NOW, good, BODY + " ")).isEqualTo(400);
    assertThat(status(NOW, good.replace("v1", "v2"), BODY)).isEqualTo(400);
    assertThat(status(NOW + 1, good, BODY)).isEqualTo(400);
    assertThat(status(NOW - 301, signed("whsec_s", "m1", NOW - 301, BODY), BODY)).isEqualTo(400);
    assertThat(status(NOW, signed("whsec_s", "m1", NOW, ""), "")).isEqualTo(400);
    assertThat(send("m1", "soon", good, BODY).statusCode()).isEqualTo(400);
    assertThat(gateway.send(HttpMethod.POST, "/hook", Map.of(), Buffer.buffer(BODY)).statusCode()).isEqualTo(400);
  }

  @Test
  void secretsAreNeeded() {
    assertThatThrownBy(() -> WebhookConfig.SCHEMA.read(new JsonObject()))
        .hasMessage("schema violation (config.secret_v1: required field missing)");
    assertThat(WebhookConfig.SCHEMA.read(new JsonObject().put("secret_v1", "whsec_q")).toString()).doesNotContain("whsec_q");
  }
}
