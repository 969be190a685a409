package dev.sluice.plugins.standardwebhooks;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * The configuration.
 *
 * @param secret the key of signatures
 * @param tolerance how old a webhook may be
 */
record WebhookConfig(String secret, Duration tolerance) {

  static final ConfigSchema<WebhookConfig> SCHEMA = ConfigSchema.of(WebhookConfig::decode)
      .withoutConsumer()
      .field("secret_v1", Fields.string()
          .required()
          .encrypted()
          .referenceable()
          .describe("The secret that webhooks are signed with."))
      .field("tolerance_second", Fields.integer()
          .required()
          .gt(-1)
          .defaultTo(300)
          .describe("How many seconds a webhook may be under way."))
      .build();

  private static WebhookConfig decode(JsonObject config) {
    return new WebhookConfig(
        config.getString("secret_v1"), Duration.ofSeconds(config.getLong("tolerance_second")));
  }

  @Override
  public String toString() {
    return "webhooks within " + tolerance;
  }
}
