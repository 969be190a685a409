package dev.sluice.plugins.openidconnect;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.MACVerifier;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.text.ParseException;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** Tells good tokens of a provider from others. Safe for all threads. */
final class Tokens {

  /** None of these takes a secret, or nothing. */
  private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
      JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512,
      JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512,
      JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512,
      JWSAlgorithm.EdDSA);

  private final Provider provider;
  private final TokenRules rules;
  private final Clock clock;
  private final Optional<MACVerifier> secret;

  /**
   * For the tokens of a provider.
   *
   * @param secret with which it may sign, too; empty when it may not
   */
  Tokens(Provider provider, TokenRules rules, String secret, Clock clock) {
    this.provider = provider;
    this.rules = rules;
    this.clock = clock;
    this.secret = secret.isEmpty() ? Optional.empty() : Optional.of(verifier(secret));
  }

  private static MACVerifier verifier(String secret) {
    try {
      return new MACVerifier(secret);
    } catch (JOSEException e) {
      throw new IllegalArgumentException("the client_secret is too short for signatures", e);
    }
  }

  /** A token in the form of a JWS; empty when it is none, and stands for something that its provider alone knows. */
  static Optional<JWSObject> read(String token) {
    if (!token.startsWith("ey") || token.chars().filter(c -> c == '.').count() != 2 || !isOfItsLetters(token)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JWSObject.parse(token));
    } catch (ParseException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The library passes over all others, so that one token could be written in many ways. */
  private static boolean isOfItsLetters(String token) {
    return token.chars().allMatch(c ->
        c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.');
  }

  /**
   * The claims of a text that is a token as in {@link #verified}; empty when it is no JWS. One that comes again is not
   * verified again while the keys of the provider are the same, but its times are looked at.
   */
  Optional<Future<Claims>> claims(String token) {
    Future<Provider.Known> asked = provider.known();
    if (rules.signature() && asked.succeeded()) {
      Optional<Claims> before = asked.result().keys().remembered(token);
      if (before.isPresent()) {
        return Optional.of(checked(before.get(), asked.result()));
      }
    }
    return read(token).map(this::verified);
  }

  /** What a token says that was verified before, and that nobody could change since; nothing when it is no JWS. */
  static Claims unverified(String token) {
    String[] parts = token.split("\\.", -1);
    try {
      return parts.length == 3
          ? new Claims(new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(parts[1]))))
          : Claims.NONE;
    } catch (DecodeException | IllegalArgumentException e) {
      return Claims.NONE;
    }
  }

  /**
   * The claims of a token that is signed, in force and from the provider.
   *
   * @return fails with {@link RefusedException} when it is not, with something else when the provider cannot be asked
   */
  Future<Claims> verified(JWSObject token) {
    boolean strange = token.getHeader().getCriticalParams() != null && !token.getHeader().getCriticalParams().isEmpty();
    if (rules.signature() && (strange || !ALGORITHMS.contains(token.getHeader().getAlgorithm()) && !isShared(token))) {
      return Future.failedFuture(RefusedException.invalid("the algorithm is not accepted"));
    }
    if (rules.signature() && isShared(token)) {
      return provider.known().compose(known -> isOfSecret(token)
          ? claims(token, known)
          : Future.failedFuture(RefusedException.invalid("the signature is not the provider's")));
    }
    return provider.known().compose(known -> {
      Keys.Verdict first = rules.signature() ? known.keys().judge(token) : Keys.Verdict.GOOD;
      return first == Keys.Verdict.GOOD
          ? remembered(token, known)
          : provider.newer(known).compose(newer -> secondTry(token, known, newer));
    });
  }

  private boolean isShared(JWSObject token) {
    return secret.isPresent() && JWSAlgorithm.Family.HMAC_SHA.contains(token.getHeader().getAlgorithm());
  }

  private boolean isOfSecret(JWSObject token) {
    try {
      return token.verify(secret.orElseThrow());
    } catch (JOSEException | IllegalStateException e) {
      return false;
    }
  }

  private Future<Claims> secondTry(JWSObject token, Provider.Known before, Provider.Known now) {
    boolean good = now.at() > before.at() && now.keys().judge(token) == Keys.Verdict.GOOD;
    return good ? remembered(token, now) : Future.failedFuture(RefusedException.invalid("the signature is not the provider's"));
  }

  private Future<Claims> remembered(JWSObject token, Provider.Known known) {
    Future<Claims> found = claims(token, known);
    if (rules.signature() && found.succeeded()) {
      known.keys().remember(token.getParsedString(), found.result());
    }
    return found;
  }

  private Future<Claims> claims(JWSObject token, Provider.Known known) {
    try {
      return checked(new Claims(new JsonObject(token.getPayload().toString())), known);
    } catch (DecodeException | ClassCastException e) {
      return Future.failedFuture(RefusedException.invalid("the claims are no JSON"));
    }
  }

  private Future<Claims> checked(Claims claims, Provider.Known known) {
    try {
      rules.checkToken(claims, known.metadata(), clock);
      return Future.succeededFuture(claims);
    } catch (RefusedException e) {
      return Future.failedFuture(e);
    }
  }
}
