package dev.sluice.plugins.aipromptguard;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PromptGuardConfigTest {

  @Test
  void defaultsAreKongs() {
    assertThat(PromptGuardConfig.SCHEMA.complete(new JsonObject().put("allow_patterns", new JsonArray().add("a"))))
        .isEqualTo(new JsonObject()
            .put("allow_patterns", new JsonArray().add("a"))
            .putNull("deny_patterns")
            .put("allow_all_conversation_history", false)
            .put("max_request_body_size", 8192)
            .put("match_all_roles", false)
            .put("llm_format", "openai"));
    assertThat(new PromptGuardFactory(null).priority()).isEqualTo(771);
  }

  private static void refuses(JsonObject config, String message) {
    assertThatThrownBy(() -> PromptGuardConfig.SCHEMA.read(config)).hasMessageContaining(message);
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    refuses(new JsonObject(), "at least one of these fields must be non-empty: 'config.allow_patterns', 'config.deny");
    JsonObject both = new JsonObject()
        .put("allow_patterns", new JsonArray().add("a"))
        .put("match_all_roles", true)
        .put("allow_all_conversation_history", true);
    refuses(both, "failed conditional validation given value of field 'config.match_all_roles'");
    refuses(new JsonObject().put("deny_patterns", new JsonArray().add("")), "length must be at least 1");
    refuses(new JsonObject().put("deny_patterns", new JsonArray().add("x".repeat(501))), "length must be at most 500");
  }
}
