package dev.sluice.api.schema;

import io.vertx.core.json.JsonObject;

/**
 * What the configuration of a filter may hold.
 *
 * @param <C> the type that it is decoded to
 */
public final class ConfigSchema<C> {

  private final java.util.function.Function<JsonObject, C> decoder;

  private ConfigSchema(java.util.function.Function<JsonObject, C> decoder) {
    this.decoder = decoder;
  }

  /** Takes anything. */
  public static <C> ConfigSchema<C> any(java.util.function.Function<JsonObject, C> decoder) {
    return new ConfigSchema<>(decoder);
  }

  /** Decodes a valid, complete configuration. */
  public C decode(JsonObject config) {
    return decoder.apply(config);
  }

  /** The schema in the form of {@code GET /schemas/plugins/{name}}. */
  public JsonObject render() {
    return new JsonObject();
  }
}
