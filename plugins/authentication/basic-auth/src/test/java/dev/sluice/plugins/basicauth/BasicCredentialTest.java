package dev.sluice.plugins.basicauth;

import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.EchoGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.sluice.testkit.EchoGateway.isConsumer;
import static dev.sluice.testkit.EchoGateway.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BasicCredentialTest {

  private static final String BOB_KONG = "Basic Ym9iOmtvbmc=";
  private static final String BOB_NEW = "Basic Ym9iOm5ldw==";

  private EchoGateway gateway;
  private JsonObject bob;
  private JsonObject credential;

  @BeforeEach
  void start() {
    gateway = EchoGateway.with(new BasicAuthPlugin());
    bob = gateway.gateway().consumer("bob");
    credential = gateway.owned(BasicCredential.TYPE, bob, fields("bob", "kong"));
    gateway.guard("/", "basic-auth", new JsonObject());
  }

  private static JsonObject fields(String name, String password) {
    return new JsonObject().put("username", name).put("password", password);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private JsonObject update(JsonObject patch) {
    return gateway.gateway().update(BasicCredential.TYPE, credential.getString("id"), patch);
  }

  @Test
  void thePasswordIsKeptAsKongKeepsIt() {
    byte[] password = "kong".getBytes(StandardCharsets.UTF_8);
    assertThat(PasswordHash.of(password, "00000000-0000-4000-8000-000000000001"))
        .isEqualTo("ec45266b1dec0f761f3bbd9d61b0be6efa5049e2");
    assertThat(credential.getString("password")).isEqualTo(PasswordHash.of(password, bob.getString("id")));
    assertThat(credential.fieldNames())
        .containsExactlyInAnyOrder("id", "created_at", "consumer", "username", "password", "tags");
  }

  @Test
  void onlyAGivenPasswordIsHashed() {
    JsonObject tagged = update(new JsonObject().put("tags", new JsonArray().add("t")));
    assertThat(tagged.getString("password")).isEqualTo(credential.getString("password"));
    isConsumer(gateway.get("/", "Authorization", BOB_KONG), bob, "bob");
    update(new JsonObject().put("password", "new"));
    refused(gateway.get("/", "Authorization", BOB_KONG), 401, "Unauthorized");
    isConsumer(gateway.get("/", "Authorization", BOB_NEW), bob, "bob");
  }

  @Test
  void aNameBelongsToOneCredential() {
    assertThatThrownBy(() -> gateway.owned(BasicCredential.TYPE, bob, fields("bob", "x")))
        .isInstanceOfSatisfying(ApiError.class, refusal -> assertThat(refusal.status()).isEqualTo(409));
    assertThatThrownBy(() -> gateway.owned(BasicCredential.TYPE, bob, new JsonObject()))
        .hasMessage("2 schema violations (password: required field missing; username: required field missing)");
  }

  @Test
  void itGoesWithItsConsumer() {
    gateway.gateway().delete(CoreEntities.CONSUMERS, bob.getString("id"));
    refused(gateway.get("/", "Authorization", BOB_KONG), 401, "Unauthorized");
  }

  @Test
  void thePathsAreKongs() {
    assertThat(BasicCredential.TYPE.path()).isEqualTo("basic-auths");
    assertThat(BasicCredential.TYPE.nestedPath("consumers")).isEqualTo("basic-auth");
    assertThat(BasicCredential.TYPE.endpointKey()).contains("username");
    assertThat(new BasicAuthFactory().priority()).isEqualTo(1100);
  }

  @Test
  void nothingOfThePasswordShowsInTexts() {
    assertThat(BasicCredential.TYPE.decode(credential).toString()).doesNotContain(credential.getString("password"));
  }
}
