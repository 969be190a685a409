package dev.sluice.api.entity;

import io.vertx.core.json.JsonObject;

/**
 * A whole configuration, as a client declares it: all entities of all types in one document.
 *
 * @param document in the form of Kong's declarative configuration, as it was read from YAML or JSON
 * @param hash of what it was read from: 32 hexadecimal digits, lower case
 */
public record Declaration(JsonObject document, String hash) {

  /** The hash of a node to which nothing was declared yet. */
  public static final String NO_HASH = "0".repeat(32);
}
