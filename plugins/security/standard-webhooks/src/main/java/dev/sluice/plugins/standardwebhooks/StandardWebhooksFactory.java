package dev.sluice.plugins.standardwebhooks;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import java.time.Clock;

/** Makes the filters. */
record StandardWebhooksFactory(Clock clock) implements FilterFactory<WebhookConfig> {

  @Override
  public String name() {
    return "standard-webhooks";
  }

  @Override
  public int priority() {
    return 760;
  }

  @Override
  public ConfigSchema<WebhookConfig> schema() {
    return WebhookConfig.SCHEMA;
  }

  @Override
  public Filter create(WebhookConfig config) {
    return new WebhookFilter(config, clock);
  }
}
