package dev.sluice.plugins.ai.llm;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A model, and how it is asked.
 *
 * @param provider whose it is
 * @param name empty when the client names it
 * @param options as configured, complete; not to be changed
 */
public record Model(String provider, Optional<String> name, JsonObject options) {

  static Model decode(JsonObject config) {
    return new Model(
        config.getString("provider"),
        Optional.ofNullable(config.getString("name")),
        Pick.object(config, "options").copy());
  }

  /** The same under another name. */
  public Model named(String other) {
    return new Model(provider, Optional.of(other), options);
  }

  /** The name, which has been found out by now. */
  String known() {
    return name.orElseThrow(() ->
        new LlmException("model parameter not found in request, nor in gateway configuration"));
  }

  /** An option that is a text. */
  public Optional<String> option(String key) {
    return Pick.text(options, key);
  }

  /** An option that is a number. */
  public Optional<Number> number(String key) {
    return options.getValue(key) instanceof Number number ? Optional.of(number) : Optional.empty();
  }

  /** The options for one provider alone. */
  JsonObject own(String key) {
    return Pick.object(options, key);
  }
}
