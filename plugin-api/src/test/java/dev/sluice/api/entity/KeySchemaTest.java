package dev.sluice.api.entity;

import dev.sluice.api.schema.Run;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.security.TestPems;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class KeySchemaTest {

  private static final Schema SCHEMA = CoreEntities.KEYS.schema();

  private final Run run = Run.plain();

  private static JsonObject pem(String open, String secret) {
    return new JsonObject()
        .put("kid", "k")
        .put("pem", new JsonObject()
            .put("public_key", TestPems.text(open))
            .put("private_key", TestPems.text(secret)));
  }

  @Test
  void aPairOfKeysBelongsTogether() {
    Key key = Key.decode(run.insert(SCHEMA, pem("rsa.pub", "rsa-pkcs1.key")));
    assertThat(key.publicKey()).contains(TestPems.text("rsa.pub"));
    assertThat(key.setId()).isEmpty();
    assertThat(key.toString()).doesNotContain("BEGIN");
    assertThat(run.message(SCHEMA, pem("ec.pub", "rsa.key").encode()))
        .contains("schema violation (pem: public key does not match private key)");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "'' | at least one of these fields must be non-empty: 'jwk', 'pem'",
    "'jwk':'not json' | could not json decode jwk string",
    "'jwk':'{\\'kid\\':\\'other\\',\\'kty\\':\\'RSA\\'}' | kid in jwk.kid must be equal to keys.kid",
    "'jwk':'{\\'kid\\':\\'k\\',\\'kty\\':\\'nope\\'}' | could not load JWK, likely not a valid key",
    "'pem':{'public_key':'nope'} | pem: could not load public key",
    "'pem':{'private_key':'nope'} | pem: could not load private key: no private key in PEM form",
    "'jwk':'{vault://env/a}','pem':{'public_key':'{vault://env/b}'} | only one or none of these fields must be set:"
        + " 'jwk', 'pem'",
  }, quoteCharacter = '`')
  void whatIsNoKeyIsRefused(String fields, String problem) {
    String body = fields.equals("''") ? "{'kid':'k'}" : "{'kid':'k'," + fields + "}";
    assertThat(run.message(SCHEMA, body)).contains("schema violation (" + problem + ")");
  }

  @Test
  void referencesAreTakenAsTheyAre() {
    assertThat(run.message(SCHEMA, "{'kid':'k','jwk':'{vault://env/a}'}")).isEqualTo(Optional.empty());
    assertThat(run.message(SCHEMA, "{'kid':'k','pem':{'public_key':'{vault://env/a}'}}")).isEmpty();
  }
}
