package dev.sluice.api.entity;

import io.vertx.core.json.JsonObject;

/**
 * A server name for which a certificate is shown.
 *
 * @param id UUID
 * @param name a host name, perhaps with one wildcard at either end
 * @param certificateId of the certificate
 */
public record Sni(String id, String name, String certificateId) {

  /** Decodes a valid document. */
  public static Sni decode(JsonObject document) {
    return new Sni(
        document.getString("id"),
        document.getString("name"),
        Documents.reference(document, "certificate").orElseThrow());
  }
}
