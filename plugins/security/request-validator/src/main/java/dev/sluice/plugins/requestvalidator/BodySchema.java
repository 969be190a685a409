package dev.sluice.plugins.requestvalidator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What a body must be like. Safe for all threads. */
@FunctionalInterface
interface BodySchema {

  /**
   * What is wrong with a body, as clients are told it: a text, or a {@link io.vertx.core.json.JsonObject}; empty when
   * nothing is.
   */
  Optional<Object> violation(JsonNode body);
}
