package dev.sluice.api.entity;

import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import dev.sluice.api.security.X509;
import io.vertx.core.json.JsonObject;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The fields and checks of certificates of authorities. */
final class CaCertificateSchema {

  private static final String CERT = "cert";

  static final Schema SCHEMA = Schema.builder()
      .field("id", Types.id())
      .field("created_at", Types.autoTimestamp())
      .field("updated_at", Types.autoTimestamp())
      .field(CERT, Types.certificate().required())
      .field("cert_digest", Fields.string().unique())
      .field("tags", Types.tags())
      .check(Check.custom(List.of(CERT), CaCertificateSchema::check))
      .finish(CaCertificateSchema::digest)
      .build();

  private CaCertificateSchema() {}

  private static Optional<String> check(JsonObject document) {
    try {
      List<X509Certificate> chain = X509.chain(document.getString(CERT));
      if (chain.size() > 1) {
        return Optional.of("please submit only one certificate at a time");
      }
      if (chain.get(0).getNotAfter().toInstant().isBefore(Instant.now())) {
        return Optional.of("certificate expired, \"Not After\" time is in the past");
      }
      return chain.get(0).getBasicConstraints() >= 0
          ? Optional.empty()
          : Optional.of(
              "certificate does not appear to be a CA because it is missing the \"CA\" basic constraint");
    } catch (CertificateException e) {
      return Optional.of("invalid certificate: " + e.getMessage());
    }
  }

  private static JsonObject digest(JsonObject document) {
    try {
      return document.put("cert_digest", X509.digest(X509.chain(document.getString(CERT)).get(0)));
    } catch (CertificateException e) {
      throw new IllegalStateException("the certificate was read before", e);
    }
  }
}
