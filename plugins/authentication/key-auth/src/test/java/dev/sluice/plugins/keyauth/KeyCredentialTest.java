package dev.sluice.plugins.keyauth;

import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.plugins.authentication.Found;
import dev.sluice.testkit.fake.MovableClock;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static dev.sluice.plugins.keyauth.KeyAuthFixture.key;
import static dev.sluice.plugins.keyauth.KeyAuthFixture.refused;
import static dev.sluice.testkit.Await.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeyCredentialTest {

  @Test
  void aCredentialLooksLikeKongs() {
    try (KeyAuthFixture f = new KeyAuthFixture()) {
      JsonObject made = f.key(f.bob, new JsonObject().put("tags", new JsonArray().add("t")));
      assertThat(made.fieldNames())
          .containsExactlyInAnyOrder("id", "created_at", "consumer", "key", "tags", "ttl");
      assertThat(made.getString("key")).matches("[A-Za-z0-9]{32}");
      assertThat(made.getJsonObject("consumer")).isEqualTo(new JsonObject().put("id", f.bob.getString("id")));
      assertThat(made.getValue("ttl")).isNull();
      assertThat(KeyCredential.TYPE.path()).isEqualTo("key-auths");
      assertThat(KeyCredential.TYPE.nestedPath("consumers")).isEqualTo("key-auth");
      assertThat(KeyCredential.TYPE.endpointKey()).contains("key");
    }
  }

  @Test
  void aKeyBelongsToOneCredential() {
    try (KeyAuthFixture f = new KeyAuthFixture()) {
      assertThatThrownBy(() -> f.key(f.bob, new JsonObject().put("key", "bob-key")))
          .isInstanceOfSatisfying(ApiError.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(409);
            assertThat(refusal.body().getJsonObject("fields").getString("key")).isEqualTo("bob-key");
          });
      assertThatThrownBy(() -> f.key(f.bob, new JsonObject().put("key", "")))
          .hasMessage("schema violation (key: length must be at least 1)");
      assertThatThrownBy(() -> f.gateway.create(KeyCredential.TYPE, new JsonObject().put("key", "k")))
          .hasMessage("schema violation (consumer: required field missing)");
      assertThatThrownBy(() -> f.key(f.bob, new JsonObject().put("ttl", -1)))
          .hasMessage("invalid option (ttl: must be an integer between 0 and 100000000)");
    }
  }

  @Test
  void changesAreLiveAtOnce() {
    try (KeyAuthFixture f = new KeyAuthFixture()) {
      f.guard("/", new JsonObject());
      f.isBob(f.gateway.get("/", key("bob-key")));
      f.gateway.update(KeyCredential.TYPE, f.bobsKey.getString("id"), new JsonObject().put("key", "new"));
      refused(f.gateway.get("/", key("bob-key")), 401, "Unauthorized");
      f.isBob(f.gateway.get("/", key("new")));
      f.gateway.delete(KeyCredential.TYPE, f.bobsKey.getString("id"));
      refused(f.gateway.get("/", key("new")), 401, "Unauthorized");
    }
  }

  @Test
  void keysGoWithTheirConsumer() {
    try (KeyAuthFixture f = new KeyAuthFixture()) {
      f.guard("/", new JsonObject());
      f.gateway.delete(CoreEntities.CONSUMERS, f.bob.getString("id"));
      refused(f.gateway.get("/", key("bob-key")), 401, "Unauthorized");
      Optional<JsonObject> left = result(
          f.gateway.kernel().entities().find(KeyCredential.TYPE, new EntityKey.Unique("key", "bob-key")));
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aKeyMayExpire() {
    MovableClock clock = new MovableClock(Instant.now());
    try (KeyAuthFixture f = new KeyAuthFixture(clock)) {
      f.guard("/", new JsonObject());
      JsonObject brief = f.key(f.bob, new JsonObject().put("key", "brief").put("ttl", 60));
      assertThat(brief.getInteger("ttl")).isBetween(59, 60);
      assertThat(f.gateway.get("/", key("brief")).statusCode()).isEqualTo(200);
      clock.advance(Duration.ofSeconds(61));
      refused(f.gateway.get("/", key("brief")), 401, "Unauthorized");
      assertThat(f.gateway.get("/", key("bob-key")).statusCode()).isEqualTo(200);
    }
  }

  /** Case ST-05. */
  @Test
  void aClockThatJumpsEndsNoKeyThatHasNoEnd() {
    MovableClock clock = new MovableClock(Instant.now());
    try (KeyAuthFixture f = new KeyAuthFixture(clock)) {
      f.guard("/", new JsonObject());
      f.key(f.bob, new JsonObject().put("key", "brief").put("ttl", 60));
      clock.advance(Duration.ofHours(-1));
      assertThat(f.gateway.get("/", key("bob-key")).statusCode()).isEqualTo(200);
      JsonObject later = f.key(f.bob, new JsonObject().put("key", "later").put("ttl", 60));
      assertThat(later.getInteger("ttl")).as("counted from the clock as it is").isBetween(59, 60);
      clock.advance(Duration.ofDays(365));
      refused(f.gateway.get("/", key("brief")), 401, "Unauthorized");
      refused(f.gateway.get("/", key("later")), 401, "Unauthorized");
      assertThat(f.gateway.get("/", key("bob-key")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aKeyShowsInNoText() {
    JsonObject document = new JsonObject()
        .put("id", "1")
        .put("key", "secret")
        .put("consumer", new JsonObject().put("id", "2"));
    assertThat(KeyCredential.TYPE.decode(document).toString()).doesNotContain("secret");
    assertThat(Found.one("secret").toString()).doesNotContain("secret");
  }
}
