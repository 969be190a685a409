package dev.sluice.plugins.jwt;

import dev.sluice.plugins.authentication.Base64Text;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A token taken apart, not yet believed. It shows in no text. */
final class Token {

  private final JsonObject header;
  private final JsonObject claims;
  private final String algorithm;
  private final byte[] signed;
  private final byte[] signature;

  private Token(JsonObject header, JsonObject claims, String algorithm, byte[] signed, byte[] signature) {
    this.header = header;
    this.claims = claims;
    this.algorithm = algorithm;
    this.signed = signed;
    this.signature = signature;
  }

  /** A text that is no token. */
  static final class BadTokenException extends Exception {
    private static final long serialVersionUID = 1L;

    private BadTokenException(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Takes a text apart.
   *
   * @throws BadTokenException with Kong's words for what is wrong
   */
  static Token read(String text) throws BadTokenException {
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    if (first < 0 || second < 0) {
      throw new BadTokenException("invalid JSON");
    }
    Object header = json(text.substring(0, first));
    Object claims = json(text.substring(first + 1, second));
    if (!(header instanceof JsonObject head)
        || !(head.getValue("alg") instanceof String algorithm)
        || JwtAlgorithm.named(algorithm).isEmpty()) {
      throw new BadTokenException("invalid alg");
    }
    if (!(claims instanceof JsonObject body)) {
      throw new BadTokenException("invalid claims");
    }
    Optional<byte[]> signature = Base64Text.decode(text.substring(second + 1));
    if (signature.isEmpty()) {
      throw new BadTokenException("invalid signature");
    }
    byte[] signed = text.substring(0, second).getBytes(StandardCharsets.UTF_8);
    return new Token(head, body, algorithm, signed, signature.get());
  }

  private static Object json(String part) throws BadTokenException {
    try {
      return StrictJson.read(Base64Text.decode(part).orElseThrow(() -> new BadTokenException("invalid JSON")));
    } catch (DecodeException e) {
      throw new BadTokenException("invalid JSON");
    }
  }

  /** The algorithm that the token says it was signed with: one that is known. */
  String algorithm() {
    return algorithm;
  }

  /** A claim, or else a field of the header; null when there is neither. */
  Object find(String name) {
    Object claim = claims.getValue(name);
    return claim == null ? header.getValue(name) : claim;
  }

  /** A claim; null when there is none. */
  Object claim(String name) {
    return claims.getValue(name);
  }

  byte[] signed() {
    return signed;
  }

  byte[] signature() {
    return signature;
  }

  @Override
  public String toString() {
    return "token " + algorithm;
  }
}
