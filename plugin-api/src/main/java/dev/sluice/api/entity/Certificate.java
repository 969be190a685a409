package dev.sluice.api.entity;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A certificate with its key, as listeners and upstream connections need it. Texts are in PEM form, and empty where a
 * reference to a secret led nowhere.
 *
 * @param id UUID
 * @param cert the certificate, perhaps with its chain
 * @param key its private key
 * @param certAlt a certificate of another algorithm
 * @param keyAlt the private key of that one
 */
public record Certificate(
    String id, String cert, String key, Optional<String> certAlt, Optional<String> keyAlt) {

  /** Decodes a valid document. */
  public static Certificate decode(JsonObject document) {
    return new Certificate(
        document.getString("id"),
        document.getString("cert"),
        document.getString("key"),
        Optional.ofNullable(document.getString("cert_alt")),
        Optional.ofNullable(document.getString("key_alt")));
  }

  /** The id alone: keys are no matter for logs. */
  @Override
  public String toString() {
    return "certificate " + id;
  }
}
