package dev.sluice.plugins.redirect;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters. */
final class RedirectFactory implements FilterFactory<RedirectConfig> {

  @Override
  public String name() {
    return "redirect";
  }

  @Override
  public int priority() {
    return 779;
  }

  @Override
  public ConfigSchema<RedirectConfig> schema() {
    return RedirectConfig.SCHEMA;
  }

  @Override
  public Filter create(RedirectConfig config) {
    return new RedirectFilter(config);
  }
}
