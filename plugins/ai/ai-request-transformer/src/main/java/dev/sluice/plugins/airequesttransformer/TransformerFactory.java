package dev.sluice.plugins.airequesttransformer;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.ai.llm.Llm;
import dev.sluice.plugins.ai.llm.Transformation;
import dev.sluice.plugins.ai.llm.TransformerConfig;
import java.util.Map;

/** Makes the filters. */
final class TransformerFactory implements FilterFactory<TransformerConfig> {

  static final String NAME = "ai-request-transformer";

  static final ConfigSchema<TransformerConfig> SCHEMA = TransformerConfig.schema(
          ConfigSchema.of(TransformerConfig::decode).protocols(Types.httpProtocols()).withoutConsumer(),
          "What the model is told to do with requests.",
          Map.of())
      .build();

  private final Llm.Lent lent;

  TransformerFactory(Llm.Lent lent) {
    this.lent = lent;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int priority() {
    return 777;
  }

  @Override
  public ConfigSchema<TransformerConfig> schema() {
    return SCHEMA;
  }

  @Override
  public Filter create(TransformerConfig config) {
    return new TransformerFilter(config, new Transformation(config, lent));
  }
}
