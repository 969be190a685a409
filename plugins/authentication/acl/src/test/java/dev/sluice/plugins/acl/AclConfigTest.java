package dev.sluice.plugins.acl;

import dev.sluice.api.admin.ApiError;
import dev.sluice.testkit.EchoGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AclConfigTest {

  private static final JsonArray GROUPS = new JsonArray().add("g");

  @Test
  void oneOfBothListsIsNeeded() {
    assertThat(AclConfig.SCHEMA.complete(new JsonObject().put("allow", GROUPS)))
        .isEqualTo(new JsonObject()
            .put("allow", GROUPS)
            .putNull("deny")
            .put("hide_groups_header", false)
            .put("always_use_authenticated_groups", false));
    assertThatThrownBy(() -> AclConfig.SCHEMA.read(new JsonObject()))
        .hasMessageContaining("exactly one of these fields must be non-empty: 'config.allow', 'config.deny'")
        .hasMessageContaining("at least one of these fields must be non-empty: 'config.allow', 'config.deny'");
    assertThatThrownBy(() -> AclConfig.SCHEMA.read(new JsonObject().put("allow", GROUPS).put("deny", GROUPS)))
        .hasMessageContaining("exactly one of these fields must be non-empty: 'config.allow', 'config.deny'");
    assertThat(new AclFactory().priority()).isEqualTo(950);
  }

  @Test
  void aConsumerIsOnceInAGroup() {
    try (EchoGateway gateway = EchoGateway.with(new AclPlugin())) {
      JsonObject bob = gateway.gateway().consumer("bob");
      JsonObject group = new JsonObject().put("group", "g");
      JsonObject made = gateway.owned(ConsumerGroup.TYPE, bob, group);
      assertThat(made.fieldNames()).containsExactlyInAnyOrder("id", "created_at", "consumer", "group", "tags");
      assertThatThrownBy(() -> gateway.owned(ConsumerGroup.TYPE, bob, group))
          .isInstanceOfSatisfying(ApiError.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(409);
            assertThat(refusal.body().getJsonObject("fields").getString("group")).isEqualTo("g");
          });
      gateway.owned(ConsumerGroup.TYPE, gateway.gateway().consumer("eve"), group);
      assertThatThrownBy(() -> gateway.owned(ConsumerGroup.TYPE, bob, new JsonObject()))
          .hasMessage("schema violation (group: required field missing)");
    }
  }
}
