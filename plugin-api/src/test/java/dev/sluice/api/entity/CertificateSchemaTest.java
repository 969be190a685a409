package dev.sluice.api.entity;

import dev.sluice.api.schema.ForeignField;
import dev.sluice.api.schema.Run;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.security.TestPems;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CertificateSchemaTest {

  private static final Schema SCHEMA = CoreEntities.CERTIFICATES.schema();
  private static final Schema CA = CoreEntities.CA_CERTIFICATES.schema();

  private final Run run = Run.plain();

  private static JsonObject pair(String cert, String key) {
    return new JsonObject().put("cert", TestPems.text(cert)).put("key", TestPems.text(key));
  }

  private static JsonObject alternative(JsonObject document, String cert, String key) {
    return document.put("cert_alt", TestPems.text(cert)).put("key_alt", TestPems.text(key));
  }

  @Test
  void aCertificateComesWithItsKey() {
    JsonObject made = run.insert(SCHEMA, alternative(pair("rsa.crt", "rsa-pkcs1.key"), "ec.crt", "ec-sec1.key"));
    assertThat(made.containsKey("snis")).isTrue();
    assertThat(Certificate.decode(made).keyAlt()).contains(TestPems.text("ec-sec1.key"));
    assertThat(Certificate.decode(made).toString()).doesNotContain("BEGIN");
    assertThat(run.message(SCHEMA, pair("rsa.crt", "ec.key").encode()))
        .contains("schema violation (certificate does not match key)");
    assertThat(run.message(SCHEMA, alternative(pair("rsa.crt", "rsa.key"), "ec.crt", "other.key").encode()))
        .contains("schema violation (alternative certificate does not match key)");
  }

  @Test
  void theAlternativeIsOfAnotherType() {
    assertThat(run.message(SCHEMA, alternative(pair("ec.crt", "ec.key"), "ec.crt", "ec.key").encode()))
        .contains("schema violation (certificate and alternative certificate need to have different type"
            + " (e.g. RSA and ECDSA), the provided certificates were both of the same type)");
    assertThat(run.message(SCHEMA, pair("rsa.crt", "rsa.key").put("cert_alt", TestPems.text("ec.crt")).encode()))
        .contains("schema violation (all or none of these fields must be set: 'cert_alt', 'key_alt')");
  }

  @Test
  void whatIsNoCertificateIsRefused() {
    assertThat(run.message(SCHEMA, "{'cert':'x','key':'y'}"))
        .contains("2 schema violations (cert: invalid certificate: no certificate in PEM form;"
            + " key: invalid key: no private key in PEM form)");
  }

  @Test
  void referencesAreTakenAsTheyAre() {
    String reference = "{vault://env/cert}";
    JsonObject made = run.insert(
        SCHEMA, new JsonObject().put("cert", reference).put("key", TestPems.text("rsa.key")));
    assertThat(made.getString("cert")).isEqualTo(reference);
    assertThat(run.message(CA, "{'cert':'" + reference + "'}")).isPresent();
  }

  @Test
  void anAuthorityIsToldByItsDigest() {
    JsonObject made = run.insert(CA, new JsonObject().put("cert", TestPems.text("rsa.crt")).put("cert_digest", "x"));
    assertThat(CaCertificate.decode(made).digest()).matches("[0-9a-f]{64}");
  }

  @Test
  void onlyAuthoritiesThatAreValidPass() {
    assertThat(run.message(CA, new JsonObject().put("cert", TestPems.text("ec.crt")).encode())).contains(
        "schema violation (certificate does not appear to be a CA because it is missing the \"CA\" basic constraint)");
    assertThat(run.message(CA, new JsonObject().put("cert", TestPems.text("expired.crt")).encode()))
        .contains("schema violation (certificate expired, \"Not After\" time is in the past)");
    String two = TestPems.text("rsa.crt") + TestPems.text("rsa.crt");
    assertThat(run.message(CA, new JsonObject().put("cert", two).encode()))
        .contains("schema violation (please submit only one certificate at a time)");
  }

  @Test
  void namesGoAlongUnseen() {
    ForeignField certificate = (ForeignField) CoreEntities.SNIS.schema().fields().get("certificate");
    assertThat(certificate.cascades()).isTrue();
    assertThat(certificate.render().containsKey("on_delete")).isFalse();
  }
}
