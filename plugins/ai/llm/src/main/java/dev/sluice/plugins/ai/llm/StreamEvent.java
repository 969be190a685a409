package dev.sluice.plugins.ai.llm;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/**
 * A bit of an answer.
 *
 * @param type may be empty
 * @param data its text, which is JSON but for the word that ends a stream
 */
record StreamEvent(String type, String data) {

  static final String DONE = "[DONE]";

  /** The data; an empty object when it is none. */
  JsonObject json() {
    try {
      return new JsonObject(data);
    } catch (DecodeException e) {
      return new JsonObject();
    }
  }
}
