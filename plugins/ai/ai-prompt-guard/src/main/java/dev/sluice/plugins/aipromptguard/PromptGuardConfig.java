package dev.sluice.plugins.aipromptguard;

import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Match;
import dev.sluice.plugins.ai.JsonBodies;
import dev.sluice.plugins.ai.LlmFormat;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The configuration.
 *
 * @param allow a prompt must match one of these; empty when any will do
 * @param deny a prompt may match none of these
 * @param lastOnly whether only the last message of the user counts
 * @param allRoles whether messages of others than the user count
 * @param maxBody the longest body that is looked at, in bytes
 * @param format where conversations stand
 */
record PromptGuardConfig(
    List<String> allow, List<String> deny, boolean lastOnly, boolean allRoles, int maxBody, LlmFormat format) {

  private static final int MOST_PATTERNS = 10;
  private static final int LONGEST_PATTERN = 500;

  static final ConfigSchema<PromptGuardConfig> SCHEMA = ConfigSchema.of(PromptGuardConfig::decode)
      .field("allow_patterns", patterns("Regular expressions of which a prompt must match one."))
      .field("deny_patterns", patterns("Regular expressions of which a prompt may match none."))
      .field("allow_all_conversation_history", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether only the last message of the user is looked at."))
      .field(JsonBodies.LIMIT, JsonBodies.limitField())
      .field("match_all_roles", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether messages of all roles are looked at."))
      .field(LlmFormat.NAME, LlmFormat.field())
      .check(Check.atLeastOneOf("config.allow_patterns", "config.deny_patterns"))
      .check(Check.conditional(
          "config.match_all_roles", Match.eq(true), "config.allow_all_conversation_history", Match.eq(false)))
      .build();

  private static Field patterns(String description) {
    return Fields.array(Fields.string().lenMin(1).lenMax(LONGEST_PATTERN))
        .optional()
        .lenMax(MOST_PATTERNS)
        .describe(description);
  }

  private static PromptGuardConfig decode(JsonObject config) {
    return new PromptGuardConfig(
        strings(config.getJsonArray("allow_patterns")),
        strings(config.getJsonArray("deny_patterns")),
        config.getBoolean("allow_all_conversation_history"),
        config.getBoolean("match_all_roles"),
        JsonBodies.limit(config),
        LlmFormat.of(config));
  }

  private static List<String> strings(JsonArray array) {
    return array == null ? List.of() : array.stream().map(String.class::cast).toList();
  }
}
