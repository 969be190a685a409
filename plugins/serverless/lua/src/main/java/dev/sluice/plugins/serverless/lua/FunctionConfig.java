package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration: the scripts of each phase.
 *
 * @param chunks by the field of the configuration
 */
record FunctionConfig(Map<String, List<Chunk>> chunks) {

  private static final String ABOUT = "Scripts in Lua that run in this phase, one after another.";

  /** The schema of one of the plugins. */
  static ConfigSchema<FunctionConfig> schema(String plugin, UntrustedLua mode) {
    ConfigSchema.Builder<FunctionConfig> schema = ConfigSchema.of(FunctionConfig::decode)
        .withoutConsumer()
        .protocols(Types.protocols());
    for (String field : Phases.FIELDS) {
      schema.field(field, Fields.array(Fields.string().optional().check(script -> violation(plugin, mode, script)))
          .required()
          .defaultTo()
          .describe(ABOUT));
    }
    return schema
        .check(Check.atLeastOneOf(Phases.FIELDS.stream().map(field -> "config." + field).toArray(String[]::new)))
        .build();
  }

  /** What is wrong with a script. */
  static Optional<String> violation(String plugin, UntrustedLua mode, String script) {
    if (mode == UntrustedLua.OFF) {
      return Optional.of("error parsing " + plugin + ": " + UntrustedLua.OFF_MESSAGE);
    }
    try {
      Chunk.compile(script);
      return Optional.empty();
    } catch (IllegalArgumentException wrong) {
      return Optional.of("error parsing " + plugin + ": " + wrong.getMessage());
    }
  }

  private static FunctionConfig decode(JsonObject config) {
    Map<String, List<Chunk>> chunks = new LinkedHashMap<>();
    for (String field : Phases.FIELDS) {
      List<Chunk> compiled = new ArrayList<>();
      for (Object script : config.getJsonArray(field, new JsonArray())) {
        if (script instanceof String text) {
          compiled.add(Chunk.compile(text));
        }
      }
      chunks.put(field, List.copyOf(compiled));
    }
    return new FunctionConfig(Map.copyOf(chunks));
  }

  List<Chunk> of(String field) {
    return chunks.getOrDefault(field, List.of());
  }

  /** Whether some script of these phases names one of these. */
  boolean mention(List<String> fields, String... names) {
    return fields.stream().flatMap(field -> of(field).stream()).anyMatch(chunk -> chunk.mentions(names));
  }
}
