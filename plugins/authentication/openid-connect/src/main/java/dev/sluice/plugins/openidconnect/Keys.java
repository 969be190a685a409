package dev.sluice.plugins.openidconnect;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The public keys of a provider. A key verifies what was signed with its private half by an algorithm of its own kind, and
 * nothing else: there is no way from here to a shared secret.
 */
final class Keys {

  private static final int MOST = 100;
  private static final int SHORTEST_RSA = 2048;
  /** Some providers name no key in their tokens; more than a few that would fit are not tried. */
  private static final int MOST_TRIED = 8;

  /** More tokens than these at a time are looked at anew. */
  private static final int MOST_TOKENS = 10_000;

  private final List<JWK> known;
  /** By their hashes: to verify costs more than all else. What is found again was signed by a key that still counts. */
  private final Map<String, Claims> good = new ConcurrentHashMap<>();

  private Keys(List<JWK> known) {
    this.known = known;
  }

  /** What became of a signature. */
  enum Verdict {
    /** A key has made it. */
    GOOD,
    /** A key that fits has not made it. */
    BAD,
    /** There is no key that fits. */
    UNKNOWN
  }

  /** Reads keys; those that cannot be read, are weak or are no public ones are passed over. */
  static Keys read(JsonArray keys) {
    return new Keys(
        keys.stream()
            .limit(MOST)
            .flatMap(key -> key instanceof JsonObject json ? parse(json) : Stream.empty())
            .toList());
  }

  private static Stream<JWK> parse(JsonObject json) {
    try {
      JWK key = JWK.parse(json.encode());
      boolean usable = key instanceof AsymmetricJWK && !(key instanceof RSAKey && key.size() < SHORTEST_RSA);
      return usable ? Stream.of(key.toPublicJWK()) : Stream.empty();
    } catch (ParseException | RuntimeException e) {
      return Stream.empty();
    }
  }

  /** Whether a token was signed with one of the keys. */
  Verdict judge(JWSObject token) {
    JWSHeader header = token.getHeader();
    JWKMatcher matcher = JWKMatcher.forJWSHeader(header);
    List<JWK> fitting = new ArrayList<>(1);
    for (JWK key : known) {
      if (fitting.size() < MOST_TRIED && matcher != null && matcher.matches(key)) {
        fitting.add(key);
      }
    }
    if (fitting.isEmpty()) {
      return Verdict.UNKNOWN;
    }
    return fitting.stream().anyMatch(key -> verifies(token, key)) ? Verdict.GOOD : Verdict.BAD;
  }

  private static boolean verifies(JWSObject token, JWK key) {
    try {
      return token.verify(verifier(token.getHeader().getAlgorithm(), key));
    } catch (JOSEException | IllegalStateException e) {
      // A signature of a wrong form, or a key of another curve: both are no proof.
      return false;
    }
  }

  private static JWSVerifier verifier(JWSAlgorithm algorithm, JWK key) throws JOSEException {
    if (key instanceof RSAKey rsa) {
      return new RSASSAVerifier(rsa);
    } else if (key instanceof ECKey curve) {
      return new ECDSAVerifier(curve);
    } else if (key instanceof OctetKeyPair pair) {
      return new EdwardsVerifier(pair);
    }
    throw new JOSEException("no key for " + algorithm);
  }

  /** The claims of a token that was found good before. */
  Optional<Claims> remembered(String token) {
    return Optional.ofNullable(good.get(hash(token)));
  }

  /** Keeps the claims of a token that was found good. */
  void remember(String token, Claims claims) {
    if (good.size() >= MOST_TOKENS) {
      good.clear();
    }
    good.put(hash(token), claims);
  }

  private static String hash(String token) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
      return new String(hash, StandardCharsets.ISO_8859_1);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
