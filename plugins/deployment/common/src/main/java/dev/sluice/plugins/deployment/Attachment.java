package dev.sluice.plugins.deployment;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.Entities;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A strategy as it is configured now.
 *
 * @param entities the door to its workspace
 * @param plugin the entity
 */
public record Attachment(Entities entities, JsonObject plugin) {

  /** The id of the entity. */
  public String id() {
    return plugin.getString("id");
  }

  /** The name of the strategy. */
  public String strategy() {
    return plugin.getString("name");
  }

  /** Its configuration. */
  public JsonObject config() {
    return plugin.getJsonObject("config");
  }

  /** Only for this service. */
  public Optional<String> service() {
    return Documents.reference(plugin, "service");
  }

  /** Only for this route. */
  public Optional<String> route() {
    return Documents.reference(plugin, "route");
  }
}
