package dev.sluice.plugins.botdetection;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters. */
final class BotDetectionFactory implements FilterFactory<BotConfig> {

  @Override
  public String name() {
    return "bot-detection";
  }

  @Override
  public int priority() {
    return 2500;
  }

  @Override
  public ConfigSchema<BotConfig> schema() {
    return BotConfig.SCHEMA;
  }

  @Override
  public Filter create(BotConfig config) {
    return new BotFilter(config);
  }
}
