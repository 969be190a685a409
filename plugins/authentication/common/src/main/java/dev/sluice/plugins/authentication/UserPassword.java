package dev.sluice.plugins.authentication;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A name and a password as RFC 7617 has a client send them: {@code <scheme> base64(name:password)}. */
public final class UserPassword {

  private final String name;
  private final byte[] password;

  private UserPassword(String name, byte[] password) {
    this.name = name;
    this.password = password;
  }

  /** The name, never empty. */
  public String name() {
    return name;
  }

  /** The bytes of the password as they came, whatever their encoding; not to be changed. */
  public byte[] password() {
    return password;
  }

  /**
   * Reads the value of a header, as leniently as Kong does: the scheme in lower case or with a first letter in upper
   * case, any number of spaces behind it, and nothing looked at behind an equals sign.
   *
   * @param scheme in lower case
   */
  public static Optional<UserPassword> read(String header, String scheme) {
    String text = header.strip();
    if (text.length() <= scheme.length() || !isScheme(text, scheme)) {
      return Optional.empty();
    }
    return encoded(text, scheme);
  }

  /** Reads the value of a header whose scheme may be in any case, and has a space behind it. */
  public static Optional<UserPassword> readAnyCase(String header, String scheme) {
    String text = header.strip();
    boolean fits = text.length() > scheme.length()
        && text.regionMatches(true, 0, scheme, 0, scheme.length())
        && Character.isWhitespace(text.charAt(scheme.length()));
    return fits ? encoded(text, scheme) : Optional.empty();
  }

  private static Optional<UserPassword> encoded(String text, String scheme) {
    return Base64Text.decode(text.substring(scheme.length()).strip()).flatMap(UserPassword::split);
  }

  private static Optional<UserPassword> split(byte[] decoded) {
    for (int colon = 0; colon < decoded.length; colon++) {
      if (decoded[colon] == ':') {
        return colon == 0 ? Optional.empty() : Optional.of(of(decoded, colon));
      }
    }
    return Optional.empty();
  }

  private static boolean isScheme(String text, String scheme) {
    char first = text.charAt(0);
    return text.startsWith(scheme.substring(1), 1)
        && (first == scheme.charAt(0) || first == Character.toUpperCase(scheme.charAt(0)));
  }

  private static UserPassword of(byte[] decoded, int colon) {
    return new UserPassword(
        new String(decoded, 0, colon, StandardCharsets.UTF_8),
        Arrays.copyOfRange(decoded, colon + 1, decoded.length));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return name;
  }
}
