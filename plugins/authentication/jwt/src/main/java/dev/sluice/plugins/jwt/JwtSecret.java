package dev.sluice.plugins.jwt;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Match;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import dev.sluice.api.security.PemKeys;
import dev.sluice.plugins.authentication.Base64Text;
import dev.sluice.plugins.authentication.ConsumerCredentials;
import dev.sluice.plugins.authentication.Owner;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.util.Optional;

/** A secret, or a public key, by which tokens of a consumer are known. It shows in no text. */
final class JwtSecret extends Owner {

  static final String KEY = "key";

  private static final String ALGORITHM = "algorithm";
  private static final String PUBLIC_KEY = "rsa_public_key";
  private static final String SECRET = "secret";

  private static final Schema SCHEMA = ConsumerCredentials.schema()
      .field(KEY, Fields.string().optional().unique().auto())
      .field(SECRET, Fields.string().auto())
      .field(PUBLIC_KEY, Fields.string())
      .field(ALGORITHM, Fields.string().oneOf(JwtAlgorithm.names()).defaultTo("HS256"))
      .field("tags", Types.tags())
      .check(Check.conditional(
          ALGORITHM,
          Match.matchesAny("^RS256$", "^RS384$", "^RS512$", "^PS256$", "^PS384$", "^PS512$", "^EdDSA$"),
          PUBLIC_KEY,
          Match.required().andValid(JwtSecret::checkKey)))
      .build();

  static final EntityType<JwtSecret> TYPE =
      EntityType.named("jwt_secrets", SCHEMA, JwtSecret::new)
          .path("jwts")
          .nestedBelow(CoreEntities.CONSUMERS.name(), "jwt")
          .endpointKey(KEY)
          .build();

  private final JwtAlgorithm algorithm;
  private final Optional<byte[]> plainSecret;
  private final Optional<byte[]> decodedSecret;
  private final Optional<String> pem;
  private final Optional<PublicKey> publicKey;

  private JwtSecret(JsonObject document) {
    super(document, Optional.ofNullable(document.getString(KEY)));
    this.algorithm = JwtAlgorithm.named(document.getString(ALGORITHM)).orElse(JwtAlgorithm.HS256);
    Optional<String> secret = Optional.ofNullable(document.getString(SECRET));
    this.plainSecret = secret.map(text -> text.getBytes(StandardCharsets.UTF_8));
    this.decodedSecret = secret.flatMap(Base64Text::decode).filter(bytes -> bytes.length > 0);
    this.pem = Optional.ofNullable(document.getString(PUBLIC_KEY));
    this.publicKey = pem.flatMap(JwtSecret::read);
  }

  private static Optional<String> checkKey(String pem) {
    return read(pem).isPresent() ? Optional.empty() : Optional.of("invalid key");
  }

  private static Optional<PublicKey> read(String pem) {
    try {
      return Optional.of(PemKeys.publicKey(pem));
    } catch (InvalidKeyException e) {
      return Optional.empty();
    }
  }

  JwtAlgorithm algorithm() {
    return algorithm;
  }

  /** Whether there is something to verify with. */
  boolean isUsable(boolean secretIsBase64) {
    return algorithm.isSymmetric() ? secret(secretIsBase64).isPresent() : pem.isPresent();
  }

  private Optional<byte[]> secret(boolean secretIsBase64) {
    return secretIsBase64 ? decodedSecret : plainSecret;
  }

  /** Whether the token was signed with this; the algorithm is that of the credential, whatever the token says. */
  boolean verifies(Token token, boolean secretIsBase64) {
    return algorithm.isSymmetric()
        ? secret(secretIsBase64)
            .filter(bytes -> algorithm.verify(bytes, token.signed(), token.signature()))
            .isPresent()
        : publicKey.filter(known -> algorithm.verify(known, token.signed(), token.signature())).isPresent();
  }
}
