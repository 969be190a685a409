package dev.sluice.plugins.hmacauth;

import java.util.List;
import java.util.Optional;

/**
 * What a client sends with its signature: {@code hmac username="...", algorithm="...", headers="...", signature="..."},
 * in this order.
 *
 * @param username whose secret it was made with
 * @param algorithm by which
 * @param headers what it covers
 * @param signature in Base64
 */
record HmacParameters(String username, String algorithm, List<String> headers, String signature) {

  private static final String SCHEME = "mac";

  /** Reads the value of a header; takes time in proportion to its length. */
  static Optional<HmacParameters> read(String header) {
    String text = header.strip();
    boolean scheme = text.length() > SCHEME.length()
        && (text.charAt(0) == 'h' || text.charAt(0) == 'H')
        && text.startsWith(SCHEME, 1);
    return scheme ? new Reader(text, SCHEME.length() + 1).read() : Optional.empty();
  }

  /** Goes through a text, field by field. */
  private static final class Reader {
    private final String text;
    private int at;

    private Reader(String text, int at) {
      this.text = text;
      this.at = at;
    }

    private Optional<HmacParameters> read() {
      String username = field("username");
      String algorithm = next("algorithm");
      String headers = next("headers");
      String signature = next("signature");
      boolean whole = !username.isEmpty() && !algorithm.isEmpty() && !headers.isEmpty() && !signature.isEmpty();
      return whole
          ? Optional.of(new HmacParameters(username, algorithm, List.of(headers.split(" ", -1)), signature))
          : Optional.empty();
    }

    private String next(String name) {
      return at < text.length() && text.charAt(at++) == ',' ? field(name) : "";
    }

    /** The value of a field that must stand here; empty when it does not. */
    private String field(String name) {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      if (!text.startsWith(name + "=\"", at)) {
        at = text.length();
        return "";
      }
      int begin = at + name.length() + 2;
      int end = text.indexOf('"', begin);
      at = end < 0 ? text.length() : end + 1;
      return end < 0 ? "" : text.substring(begin, end);
    }
  }

  /** Without the signature. */
  @Override
  public String toString() {
    return username + " " + algorithm + " " + headers;
  }
}
