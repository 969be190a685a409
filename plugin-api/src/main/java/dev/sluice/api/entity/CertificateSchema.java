package dev.sluice.api.entity;

import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import dev.sluice.api.schema.VaultReference;
import dev.sluice.api.security.KeyPairs;
import dev.sluice.api.security.PemKeys;
import dev.sluice.api.security.X509;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/** The fields and checks of certificates. */
final class CertificateSchema {

  private static final String CERT = "cert";
  private static final String CERT_ALT = "cert_alt";
  private static final String KEY_ALT = "key_alt";
  private static final String SAME_TYPE =
      "certificate and alternative certificate need to have different type (e.g. RSA and ECDSA), the provided"
          + " certificates were both of the same type";

  static final Schema SCHEMA = Schema.builder()
      .field("id", Types.id())
      .field("created_at", Types.autoTimestamp())
      .field("updated_at", Types.autoTimestamp())
      .field(CERT, Types.certificate().required().referenceable())
      .field("key", Types.privateKey().required().encrypted().referenceable())
      .field(CERT_ALT, Types.certificate().optional().referenceable())
      .field(KEY_ALT, Types.privateKey().optional().encrypted().referenceable())
      .field("tags", Types.tags())
      .field("snis", Fields.array(Types.wildcardSni().required()).optional().unstored())
      .check(Check.mutuallyRequired(CERT_ALT, KEY_ALT))
      .check(belongTogether(CERT, "key", "certificate does not match key"))
      .check(belongTogether(CERT_ALT, KEY_ALT, "alternative certificate does not match key"))
      .check(Check.custom(List.of(CERT, CERT_ALT), CertificateSchema::checkTypes))
      .build();

  private CertificateSchema() {}

  private static Check belongTogether(String cert, String key, String problem) {
    return Check.custom(List.of(cert, key), document -> {
      Optional<String> certText = readable(document, cert);
      Optional<String> keyText = readable(document, key);
      if (certText.isEmpty() || keyText.isEmpty()) {
        return Optional.empty();
      }
      try {
        boolean match = KeyPairs.match(publicKey(certText.get()), PemKeys.privateKey(keyText.get()));
        return match ? Optional.empty() : Optional.of(problem);
      } catch (GeneralSecurityException e) {
        return Optional.of(problem);
      }
    });
  }

  private static Optional<String> checkTypes(JsonObject document) {
    Optional<String> cert = readable(document, CERT);
    Optional<String> alt = readable(document, CERT_ALT);
    if (cert.isEmpty() || alt.isEmpty()) {
      return Optional.empty();
    }
    try {
      boolean same = publicKey(cert.get()).getAlgorithm().equals(publicKey(alt.get()).getAlgorithm());
      return same ? Optional.of(SAME_TYPE) : Optional.empty();
    } catch (GeneralSecurityException e) {
      return Optional.of(SAME_TYPE);
    }
  }

  private static PublicKey publicKey(String cert) throws GeneralSecurityException {
    return X509.chain(cert).get(0).getPublicKey();
  }

  /** The text of a field; empty when it has none, or refers to a secret. */
  private static Optional<String> readable(JsonObject document, String field) {
    return document.getValue(field) instanceof String text && !VaultReference.is(text)
        ? Optional.of(text)
        : Optional.empty();
  }
}
