package dev.sluice.plugins.aipromptdecorator;

import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.Fields;
import dev.sluice.plugins.ai.ChatMessage;
import dev.sluice.plugins.ai.JsonBodies;
import dev.sluice.plugins.ai.LlmFormat;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The configuration.
 *
 * @param before comes before a conversation
 * @param after comes after it
 * @param maxBody the longest body that is decorated, in bytes
 * @param format where conversations stand
 */
record PromptDecoratorConfig(List<ChatMessage> before, List<ChatMessage> after, int maxBody, LlmFormat format) {

  private static final int MOST_MESSAGES = 15;
  private static final int LONGEST_MESSAGE = 500;

  static final ConfigSchema<PromptDecoratorConfig> SCHEMA = ConfigSchema.of(PromptDecoratorConfig::decode)
      .field("prompts", Fields.record()
          .optional()
          .field("prepend", messages("Messages that come before those of the client."))
          .field("append", messages("Messages that come after those of the client.")))
      .field(JsonBodies.LIMIT, JsonBodies.limitField())
      .field(LlmFormat.NAME, LlmFormat.field())
      .check(Check.atLeastOneOf("config.prompts.prepend", "config.prompts.append"))
      .build();

  private static Field messages(String description) {
    return Fields.array(Fields.record()
            .optional()
            .field("role", Fields.string()
                .required()
                .oneOf("system", "assistant", "user")
                .defaultTo("system"))
            .field("content", Fields.string().required().lenMin(1).lenMax(LONGEST_MESSAGE)))
        .optional()
        .lenMax(MOST_MESSAGES)
        .describe(description);
  }

  private static PromptDecoratorConfig decode(JsonObject config) {
    JsonObject prompts = config.getJsonObject("prompts", new JsonObject());
    return new PromptDecoratorConfig(
        list(prompts, "prepend"), list(prompts, "append"), JsonBodies.limit(config), LlmFormat.of(config));
  }

  private static List<ChatMessage> list(JsonObject prompts, String name) {
    JsonArray given = prompts.getJsonArray(name);
    List<ChatMessage> messages = new ArrayList<>();
    for (int i = 0; given != null && i < given.size(); i++) {
      JsonObject message = given.getJsonObject(i);
      messages.add(new ChatMessage(message.getString("role"), message.getString("content")));
    }
    return List.copyOf(messages);
  }
}
