package dev.sluice.plugins.hmacauth;

import dev.sluice.testkit.EchoGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HmacCredentialTest {

  @Test
  void aSecretIsMadeUp() {
    try (EchoGateway gateway = EchoGateway.with(new HmacAuthPlugin())) {
      JsonObject bob = gateway.gateway().consumer("bob");
      JsonObject made = gateway.owned(HmacCredential.TYPE, bob, new JsonObject().put("username", "bob"));
      assertThat(made.fieldNames())
          .containsExactlyInAnyOrder("id", "created_at", "consumer", "username", "secret", "tags");
      assertThat(made.getString("secret")).matches("[A-Za-z0-9]{32}");
      assertThat(HmacCredential.TYPE.decode(made).toString()).doesNotContain(made.getString("secret"));
      assertThatThrownBy(() -> gateway.owned(HmacCredential.TYPE, bob, new JsonObject()))
          .hasMessage("schema violation (username: required field missing)");
      assertThatThrownBy(() -> gateway.owned(HmacCredential.TYPE, bob, new JsonObject().put("username", "bob")))
          .hasMessageContaining("UNIQUE violation");
    }
  }

  @Test
  void defaultsAreKongs() {
    assertThat(HmacAuthConfig.SCHEMA.complete(new JsonObject()))
        .isEqualTo(new JsonObject()
            .put("hide_credentials", false)
            .put("clock_skew", 300)
            .putNull("anonymous")
            .put("validate_request_body", false)
            .put("enforce_headers", new JsonArray())
            .put("algorithms",
                new JsonArray().add("hmac-sha1").add("hmac-sha256").add("hmac-sha384").add("hmac-sha512"))
            .putNull("realm"));
    assertThatThrownBy(() -> HmacAuthConfig.SCHEMA.read(new JsonObject().put("clock_skew", 0)))
        .hasMessageContaining("value must be greater than 0");
    assertThat(new HmacAuthFactory(Clock.systemUTC()).priority()).isEqualTo(1030);
  }

  @Test
  void datesHaveThreeForms() {
    assertThat(HttpDate.read("Sun, 06 Nov 1994 08:49:37 GMT")).hasValue(784111777);
    assertThat(HttpDate.read("Sunday, 06-Nov-94 08:49:37 GMT")).hasValue(784111777);
    assertThat(HttpDate.read("Sun Nov  6 08:49:37 1994")).hasValue(784111777);
    assertThat(HttpDate.read("Mon, 06 Nov 1994 08:49:37 GMT")).isEmpty();
    assertThat(HttpDate.read("1994-11-06T08:49:37Z")).isEmpty();
  }

  @Test
  void aLongHeaderIsReadInOneGo() {
    String evil = "hmac username=\"" + "\", algorithm=\"\", headers=\"".repeat(200_000);
    assertThat(HmacParameters.read(evil)).isEmpty();
    assertThat(HmacParameters.read("Hmac username=\"a b\",algorithm=\"x\",  headers=\"date @request-target\","
            + " signature=\"s\" trailing"))
        .hasValueSatisfying(read -> {
          assertThat(read.username()).isEqualTo("a b");
          assertThat(read.headers()).containsExactly("date", "@request-target");
          assertThat(read.toString()).doesNotContain("signature");
        });
  }
}
