package dev.sluice.api.entity;

import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.RecordField;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import dev.sluice.api.schema.VaultReference;
import dev.sluice.api.security.Jwk;
import dev.sluice.api.security.KeyPairs;
import dev.sluice.api.security.PemKeys;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/** The fields and checks of keys. */
final class KeySchema {

  private static final String JWK = "jwk";
  private static final String KID = "kid";
  private static final String PEM = "pem";
  private static final String PRIVATE = "private_key";
  private static final String PUBLIC = "public_key";

  static final Schema SCHEMA = Schema.builder()
      .field("id", Types.id())
      .field("set", Fields.foreign("key_sets").optional().onDeleteCascade().describe("The set that it belongs to."))
      .field("name", Fields.string().optional().unique().describe("The name of the key."))
      .field(KID, Fields.string().required().notUnique().describe("The id that tokens name the key by."))
      .field(JWK, Fields.string().encrypted().referenceable().describe("The key as a JSON Web Key."))
      .field(PEM, pem())
      .field("tags", Types.tags())
      .field("created_at", Types.autoTimestamp())
      .field("updated_at", Types.autoTimestamp())
      .check(Check.mutuallyExclusive(JWK, PEM))
      .check(Check.atLeastOneOf(JWK, PEM))
      .check(Check.custom(List.of(JWK, PEM, KID), KeySchema::checkJwk))
      .build();

  private KeySchema() {}

  private static RecordField pem() {
    return Fields.record()
        .field(PRIVATE, Fields.string().optional().encrypted().referenceable())
        .field(PUBLIC, Fields.string().optional().referenceable())
        .entityCheck(Check.atLeastOneOf(PRIVATE, PUBLIC))
        .check(KeySchema::checkPem)
        .optional()
        .describe("The key, or a pair of keys, in PEM form.");
  }

  private static Optional<String> checkPem(JsonObject pem) {
    String open = pem.getString(PUBLIC);
    String secret = pem.getString(PRIVATE);
    if (VaultReference.is(open) || VaultReference.is(secret)) {
      return Optional.empty();
    }
    Optional<PublicKey> publicKey = Optional.empty();
    try {
      publicKey = open == null ? Optional.empty() : Optional.of(PemKeys.publicKey(open));
    } catch (InvalidKeyException e) {
      return Optional.of("could not load public key");
    }
    try {
      Optional<PrivateKey> privateKey = secret == null ? Optional.empty() : Optional.of(PemKeys.privateKey(secret));
      return publicKey.isPresent() && privateKey.isPresent() && !KeyPairs.match(publicKey.get(), privateKey.get())
          ? Optional.of("public key does not match private key")
          : Optional.empty();
    } catch (InvalidKeyException e) {
      return Optional.of("could not load private key: " + e.getMessage());
    }
  }

  private static Optional<String> checkJwk(JsonObject document) {
    if (!(document.getValue(JWK) instanceof String text) || VaultReference.is(text)) {
      return Optional.empty();
    }
    try {
      JsonObject jwk = new JsonObject(text);
      if (!String.valueOf(document.getValue(KID)).equals(jwk.getValue(KID))) {
        return Optional.of("kid in jwk.kid must be equal to keys.kid");
      }
      Jwk.publicKey(jwk);
      return Optional.empty();
    } catch (DecodeException e) {
      return Optional.of("could not json decode jwk string");
    } catch (InvalidKeyException e) {
      return Optional.of("could not load JWK, likely not a valid key");
    }
  }
}
