package dev.sluice.plugins.requesttransformer;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters. */
final class TransformerFactory implements FilterFactory<TransformerConfig> {

  @Override
  public String name() {
    return "request-transformer";
  }

  @Override
  public int priority() {
    return 801;
  }

  @Override
  public ConfigSchema<TransformerConfig> schema() {
    return TransformerSchema.SCHEMA;
  }

  @Override
  public Filter create(TransformerConfig config) {
    return new TransformerFilter(config);
  }
}
