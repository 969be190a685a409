package dev.sluice.api.entity;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A key, either as a JWK or in PEM form. Texts are empty where a reference to a secret led nowhere.
 *
 * @param id UUID
 * @param kid the id that tokens name it by
 * @param setId of the set that it belongs to
 * @param name of the key
 * @param jwk the text of a JSON Web Key
 * @param publicKey in PEM form
 * @param privateKey in PEM form
 */
public record Key(
    String id,
    String kid,
    Optional<String> setId,
    Optional<String> name,
    Optional<String> jwk,
    Optional<String> publicKey,
    Optional<String> privateKey) {

  /** Decodes a valid document. */
  public static Key decode(JsonObject document) {
    Optional<JsonObject> pem = Optional.ofNullable(document.getJsonObject("pem"));
    return new Key(
        document.getString("id"),
        document.getString("kid"),
        Documents.reference(document, "set"),
        Optional.ofNullable(document.getString("name")),
        Optional.ofNullable(document.getString("jwk")),
        pem.map(pair -> pair.getString("public_key")),
        pem.map(pair -> pair.getString("private_key")));
  }

  /** The id alone: keys are no matter for logs. */
  @Override
  public String toString() {
    return "key " + id;
  }
}
