package dev.sluice.plugins.responsetransformer;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters. */
final class TransformerFactory implements FilterFactory<TransformerConfig> {

  @Override
  public String name() {
    return "response-transformer";
  }

  @Override
  public int priority() {
    return 800;
  }

  @Override
  public ConfigSchema<TransformerConfig> schema() {
    return TransformerConfig.SCHEMA;
  }

  /** A filter that looks at bodies costs every answer its length: there is one only where bodies change. */
  @Override
  public Filter create(TransformerConfig config) {
    HeaderFilter headers = new HeaderFilter(config.headers());
    return config.json().isEmpty() ? headers : new BodyFilter(headers, config.json());
  }
}
