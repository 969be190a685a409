package dev.sluice.api.entity;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * A member of an upstream.
 *
 * @param id UUID
 * @param upstreamId its upstream
 * @param target {@code host:port}, as stored
 * @param weight its share; 0 takes no traffic
 * @param priority the number of its group; one above 0 takes traffic only while all groups of lower numbers are down
 */
public record Target(String id, String upstreamId, String target, int weight, int priority) {

  /** A member of the first group. */
  public Target(String id, String upstreamId, String target, int weight) {
    this(id, upstreamId, target, weight, 0);
  }

  /** Decodes a valid document. */
  public static Target decode(JsonObject document) {
    Map<String, String> tags = SluiceTags.TARGETS.read(document);
    return new Target(
        document.getString("id"),
        Documents.reference(document, "upstream").orElseThrow(),
        document.getString("target"),
        Documents.integer(document, "weight", 100),
        Integer.parseInt(tags.getOrDefault("priority", "0")));
  }

  /** The host part, an IPv6 address without its brackets. */
  public String host() {
    String host = target.substring(0, target.lastIndexOf(':'));
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** The port part. */
  public int port() {
    return Integer.parseInt(target.substring(target.lastIndexOf(':') + 1));
  }
}
