package dev.sluice.plugins.authentication;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Base64 in either alphabet, with or without padding, as Kong reads it. */
public final class Base64Text {

  private Base64Text() {}

  /** The bytes of a text; empty when it is not Base64. */
  public static Optional<byte[]> decode(String text) {
    int padding = text.indexOf('=');
    String bare = padding < 0 ? text : text.substring(0, padding);
    try {
      return Optional.of(
          Base64.getUrlDecoder().decode(bare.replace('+', '-').replace('/', '_').getBytes(StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
