package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * The configuration of what changes the gateway's own answers.
 *
 * @param functions the scripts, each of which gives back a function
 * @param unrouted whether it sees that no route takes a request
 * @param failed whether it sees failures below the plugins
 */
record ExitConfig(List<Chunk> functions, boolean unrouted, boolean failed) {

  static final String FUNCTIONS = "functions";

  static ConfigSchema<ExitConfig> schema(String plugin, UntrustedLua mode) {
    return ConfigSchema.of(ExitConfig::decode)
        .protocols(Types.httpProtocols())
        .field(FUNCTIONS,
            Fields.array(Fields.string().optional().check(script -> FunctionConfig.violation(plugin, mode, script)))
                .required()
                .describe("Scripts in Lua that give back a function of status, body and headers, which gives back all three."))
        .field("handle_unknown", Fields.bool().required().defaultTo(false)
            .describe("Whether answers are changed that no route takes the request."))
        .field("handle_unexpected", Fields.bool().required().defaultTo(false)
            .describe("Whether answers are changed that the upstream or the connection has failed."))
        .build();
  }

  private static ExitConfig decode(JsonObject config) {
    List<Chunk> chunks =
        config.getJsonArray(FUNCTIONS).stream().map(String.class::cast).map(Chunk::compile).toList();
    return new ExitConfig(chunks, config.getBoolean("handle_unknown"), config.getBoolean("handle_unexpected"));
  }

  /** The scripts by themselves. */
  FunctionConfig scripts() {
    return new FunctionConfig(Map.of(FUNCTIONS, functions));
  }
}
