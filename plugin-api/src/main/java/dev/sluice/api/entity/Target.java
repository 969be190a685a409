package dev.sluice.api.entity;

import io.vertx.core.json.JsonObject;

/**
 * A member of an upstream.
 *
 * @param id UUID
 * @param upstreamId its upstream
 * @param target {@code host:port}, as stored
 * @param weight its share; 0 takes no traffic
 */
public record Target(String id, String upstreamId, String target, int weight) {

  /** Decodes a valid document. */
  public static Target decode(JsonObject document) {
    return new Target(
        document.getString("id"),
        Documents.reference(document, "upstream").orElseThrow(),
        document.getString("target"),
        Documents.integer(document, "weight", 100));
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
