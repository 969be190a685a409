package dev.sluice.api.entity;

import io.vertx.core.json.JsonObject;

/**
 * The certificate of an authority.
 *
 * @param id UUID
 * @param cert in PEM form
 * @param digest SHA-256 of the certificate, in hexadecimal digits
 */
public record CaCertificate(String id, String cert, String digest) {

  /** Decodes a valid document. */
  public static CaCertificate decode(JsonObject document) {
    return new CaCertificate(
        document.getString("id"), document.getString("cert"), document.getString("cert_digest"));
  }
}
