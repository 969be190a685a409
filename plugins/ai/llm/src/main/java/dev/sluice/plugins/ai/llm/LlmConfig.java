package dev.sluice.plugins.ai.llm;

import io.vertx.core.json.JsonObject;

/**
 * How a model is asked.
 *
 * @param type what is asked of it
 * @param auth what it is shown
 * @param model the model, whose texts may hold templates
 * @param statistics whether what it has used is logged
 * @param payloads whether what was said is logged
 */
public record LlmConfig(RouteType type, Auth auth, Model model, boolean statistics, boolean payloads) {

  /** Decodes a complete configuration. */
  public static LlmConfig decode(JsonObject config) {
    JsonObject logging = config.getJsonObject("logging");
    return new LlmConfig(
        RouteType.of(config.getString("route_type")),
        Auth.decode(config.getJsonObject("auth")),
        Model.decode(config.getJsonObject("model")),
        logging.getBoolean("log_statistics"),
        logging.getBoolean("log_payloads"));
  }
}
