package dev.sluice.api.entity;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * A {@code plugins} entity: a filter, its scope and its configuration.
 *
 * @param id UUID
 * @param name of the filter factory
 * @param routeId only on this route
 * @param serviceId only on this service
 * @param consumerId only for this consumer
 * @param config complete
 * @param protocols for which it runs
 * @param enabled whether it runs at all
 * @param createdAt seconds since the epoch
 */
public record PluginConfig(
    String id,
    String name,
    Optional<String> routeId,
    Optional<String> serviceId,
    Optional<String> consumerId,
    JsonObject config,
    List<String> protocols,
    boolean enabled,
    long createdAt) {

  /** One of which nobody asks when it was made. */
  public PluginConfig(
      String id,
      String name,
      Optional<String> routeId,
      Optional<String> serviceId,
      Optional<String> consumerId,
      JsonObject config,
      List<String> protocols,
      boolean enabled) {
    this(id, name, routeId, serviceId, consumerId, config, protocols, enabled, 0);
  }

  /** Decodes a valid document. */
  public static PluginConfig decode(JsonObject document) {
    return new PluginConfig(
        document.getString("id"),
        document.getString("name"),
        Documents.reference(document, "route"),
        Documents.reference(document, "service"),
        Documents.reference(document, "consumer"),
        document.getJsonObject("config", new JsonObject()).copy(),
        Documents.strings(document, "protocols"),
        Documents.bool(document, "enabled", true),
        document.getLong("created_at", 0L));
  }

  /** What it is, but not how it is configured: there may be secrets in that. */
  @Override
  public String toString() {
    return "plugin " + name + " (" + id + ")";
  }
}
