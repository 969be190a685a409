package dev.sluice.plugins.airesponsetransformer;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.plugins.ai.llm.Llm;
import dev.sluice.plugins.ai.llm.Transformation;
import dev.sluice.plugins.ai.llm.TransformerConfig;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Makes the filters. */
final class TransformerFactory implements FilterFactory<TransformerFactory.Config> {

  static final String NAME = "ai-response-transformer";

  private static final String INSTRUCTIONS = "parse_llm_response_json_instructions";

  static final ConfigSchema<Config> SCHEMA = TransformerConfig.schema(
          ConfigSchema.of(TransformerFactory::decode),
          "What the model is told to do with answers.",
          Map.of(INSTRUCTIONS, Fields.bool()
              .required()
              .defaultTo(false)
              .describe("Whether the model's answer is JSON that names status, headers and body.")))
      .build();

  private final Llm.Lent lent;

  TransformerFactory(Llm.Lent lent) {
    this.lent = lent;
  }

  /**
   * The configuration.
   *
   * @param all what both transformers have
   * @param instructions whether the model's answer is JSON that names status, headers and body
   */
  record Config(TransformerConfig all, boolean instructions) {}

  private static Config decode(JsonObject config) {
    return new Config(TransformerConfig.decode(config), config.getBoolean(INSTRUCTIONS));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int priority() {
    return 768;
  }

  @Override
  public ConfigSchema<Config> schema() {
    return SCHEMA;
  }

  @Override
  public Filter create(Config config) {
    return new TransformerFilter(config, new Transformation(config.all(), lent));
  }
}
