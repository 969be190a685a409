package dev.sluice.plugins.env;

import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.entity.Key;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The whole way of a secret: from a reference in an entity to the filter that uses it, and nowhere else. */
class SecretsTest {

  private final TellPlugin plugin = new TellPlugin();
  private final TestGateway gateway = TestGateway.with(plugin).start();

  @AfterEach
  void stop() {
    gateway.close();
  }

  private JsonObject tell(String secret) {
    return gateway.plugin("tell", new JsonObject().put("secret", secret).put("plain", "{vault://env/plain}"));
  }

  private String told() {
    return gateway.get("/any").bodyAsJsonObject().getString("secret");
  }

  @Test
  void aFilterGetsTheSecretAndAClientTheReference() {
    plugin.environment.put("A_SECRET", "s3cret");
    plugin.environment.put("PLAIN", "not for this field");
    gateway.route("/");
    JsonObject made = tell("{vault://env/a-secret}");
    assertThat(made.getJsonObject("config").getString("secret")).isEqualTo("{vault://env/a-secret}");
    JsonObject found =
        Await.result(
                gateway.kernel().entities().find(CoreEntities.PLUGINS, new EntityKey.Id(made.getString("id"))))
            .orElseThrow();
    assertThat(found).isEqualTo(made);
    JsonObject told = gateway.get("/any").bodyAsJsonObject();
    assertThat(told.getString("secret")).isEqualTo("s3cret");
    assertThat(told.getString("plain")).isEqualTo("{vault://env/plain}");
    assertThat(gateway.kernel().snapshot().tables().all(CoreEntities.PLUGINS).toString()).doesNotContain("s3cret");
  }

  @Test
  void aMemberOfAJsonSecret() {
    plugin.environment.put("DB", "{\"user\":\"bea\",\"port\":5}");
    gateway.route("/");
    String id = tell("{vault://env/db/user}").getString("id");
    assertThat(told()).isEqualTo("bea");
    gateway.update(CoreEntities.PLUGINS, id, secret("{vault://env/db/port}"));
    assertThat(told()).isEqualTo("5");
    gateway.update(CoreEntities.PLUGINS, id, secret("{vault://env/db/none}"));
    assertThat(told()).isEmpty();
  }

  private static JsonObject secret(String value) {
    return new JsonObject().put("config", new JsonObject().put("secret", value));
  }

  @Test
  void whatLeadsNowhereIsEmpty() {
    gateway.route("/");
    String id = tell("{vault://env/missing}").getString("id");
    assertThat(told()).isEmpty();
    gateway.update(CoreEntities.PLUGINS, id, secret("{vault://nobody/missing}"));
    assertThat(told()).isEmpty();
    gateway.update(CoreEntities.PLUGINS, id, secret("{vault://env}"));
    assertThat(told()).isEmpty();
  }

  @Test
  void theVaultMayComeAndChangeLater() {
    plugin.environment.put("ONE_A", "1");
    plugin.environment.put("TWO_A", "2");
    gateway.route("/");
    tell("{vault://mine/a}");
    assertThat(told()).isEmpty();
    JsonObject config = new JsonObject().put("prefix", "one_");
    String vault =
        gateway
            .create(
                CoreEntities.VAULTS,
                new JsonObject().put("name", "env").put("prefix", "mine").put("config", config))
            .getString("id");
    assertThat(told()).isEqualTo("1");
    gateway.update(
        CoreEntities.VAULTS, vault, new JsonObject().put("config", new JsonObject().put("prefix", "two_")));
    assertThat(told()).isEqualTo("2");
    gateway.delete(CoreEntities.VAULTS, vault);
    assertThat(told()).isEmpty();
  }

  @Test
  void optionsWinOverTheVault() {
    plugin.environment.put("X_A", "x");
    gateway.route("/");
    tell("{vault://env/a?prefix=x_}");
    assertThat(told()).isEqualTo("x");
  }

  @Test
  void aSecretIsNotTellableByItsFailure() {
    plugin.environment.put("BAD", "unfit s3cret");
    assertThatThrownBy(() -> tell("{vault://env/bad}"))
        .isInstanceOf(ApiError.class)
        .hasMessageContaining("plugin 'tell' cannot use its config")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aVaultThatTheSettingsDoNotLetInLeadsNowhere() {
    TellPlugin other = new TellPlugin();
    other.environment.put("A", "s3cret");
    for (String vaults : new String[] {"off", "aws"}) {
      try (TestGateway without = TestGateway.with(other).setting("vaults", vaults).start()) {
        without.route("/");
        without.plugin("tell", new JsonObject().put("secret", "{vault://env/a}").put("plain", "p"));
        assertThat(without.get("/any").bodyAsJsonObject().getString("secret")).isEmpty();
        assertThatThrownBy(
                () -> without.create(CoreEntities.VAULTS, new JsonObject().put("prefix", "mine").put("name", "env")))
            .isInstanceOf(ApiError.class)
            .hasMessageContaining("vault 'env' is not installed");
      }
    }
    try (TestGateway with = TestGateway.with(other).setting("vaults", "aws, env").start()) {
      with.route("/");
      with.plugin("tell", new JsonObject().put("secret", "{vault://env/a}").put("plain", "p"));
      assertThat(with.get("/any").bodyAsJsonObject().getString("secret")).isEqualTo("s3cret");
    }
  }

  @Test
  void keysHaveSecrets() {
    plugin.environment.put("JWK", "{}");
    JsonObject made =
        gateway.create(CoreEntities.KEYS, new JsonObject().put("kid", "k").put("jwk", "{vault://env/jwk}"));
    Key key = gateway.kernel().snapshot().tables().byId(CoreEntities.KEYS, made.getString("id")).orElseThrow();
    assertThat(key.jwk()).contains("{}");
  }
}
