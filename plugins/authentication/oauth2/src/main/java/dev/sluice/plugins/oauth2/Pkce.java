package dev.sluice.plugins.oauth2;

import dev.sluice.plugins.authentication.Base64Text;
import dev.sluice.plugins.authentication.Found;
import dev.sluice.plugins.authentication.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Codes that only the client which has asked for them can use: RFC 7636, with S256 alone. */
final class Pkce {

  static final String METHOD = "S256";

  private static final int SHORTEST = 43;
  private static final int LONGEST = 128;

  private Pkce() {}

  /** Who has to use it. */
  enum Demand {
    NONE,
    LAX,
    STRICT;

    static String[] names() {
      return Arrays.stream(values()).map(one -> one.name().toLowerCase(Locale.ROOT)).toArray(String[]::new);
    }

    static Demand named(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }

    boolean includes(OauthClient client) {
      return this == STRICT || this == LAX && client.isPublic();
    }
  }

  /**
   * The challenge that a client sets.
   *
   * @throws OauthException when it has to set one and does not, or sets one that is not understood
   */
  static Optional<String> challenge(Parameters parameters, Demand demand, OauthClient client) throws OauthException {
    Found challenge = parameters.find("code_challenge");
    Found method = parameters.find("code_challenge_method");
    if (!method.isNone() && challenge.isNone()) {
      throw OauthException.invalidRequest("code_challenge is required when code_method is present");
    }
    if (!method.isNone() && !method.value().equalsIgnoreCase(METHOD)) {
      throw OauthException.invalidRequest("code_challenge_method is not supported, must be S256");
    }
    Optional<String> text = challenge.text();
    if (text.isEmpty() && demand.includes(client)) {
      throw OauthException.invalidRequest("code_challenge is required for public clients");
    }
    return text.map(given -> Base64Text.decode(given).map(Pkce::encoded).orElse(given));
  }

  /**
   * Makes sure that a code is used by the client that has asked for it.
   *
   * @throws OauthException when the verifier is missing, or does not meet the challenge
   */
  static void verify(Parameters parameters, Demand demand, OauthClient client, Optional<String> challenge)
      throws OauthException {
    if (challenge.isEmpty() && !demand.includes(client)) {
      return;
    }
    Found verifier = parameters.find("code_verifier");
    if (verifier.isNone()) {
      throw OauthException.invalidRequest("code_verifier is required for PKCE authorization requests");
    }
    if (verifier.kind() == Found.Kind.SEVERAL) {
      throw OauthException.invalidRequest("code_verifier is not a string");
    }
    byte[] bytes = verifier.value().getBytes(StandardCharsets.UTF_8);
    if (bytes.length < SHORTEST || bytes.length > LONGEST) {
      throw OauthException.invalidRequest("code_verifier must be between 43 and 128 characters");
    }
    if (challenge.isEmpty() || !Secrets.same(challenge.get(), encoded(sha256(bytes)))) {
      throw new OauthException("invalid_grant", "Invalid code");
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
