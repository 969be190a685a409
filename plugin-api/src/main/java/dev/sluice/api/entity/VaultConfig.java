package dev.sluice.api.entity;

import io.vertx.core.json.JsonObject;

/**
 * A {@code vaults} entity: a vault with its settings, and the prefix that references name it by.
 *
 * @param id UUID
 * @param prefix unique
 * @param name of the kind of vault
 * @param config complete
 */
public record VaultConfig(String id, String prefix, String name, JsonObject config) {

  /** Decodes a valid document. */
  public static VaultConfig decode(JsonObject document) {
    return new VaultConfig(
        document.getString("id"),
        document.getString("prefix"),
        document.getString("name"),
        document.getJsonObject("config", new JsonObject()).copy());
  }

  /** What it is, but not how it is configured. */
  @Override
  public String toString() {
    return "vault " + prefix + " (" + name + ")";
  }
}
