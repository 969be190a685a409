package dev.sluice.plugins.routertraditional;

import dev.sluice.plugins.routing.HostText;

/**
 * One entry of a route's {@code hosts}.
 *
 * @param kind what the key is
 * @param key the host, or what is left of it without the star: {@code .a.test} or {@code a.}
 * @param port the only port, or {@link HostText#NO_PORT} for any
 */
record HostPattern(Kind kind, String key, int port) {

  /** A route without hosts. */
  static final HostPattern ANY = new HostPattern(Kind.ANY, "", HostText.NO_PORT);

  enum Kind {
    ANY,
    PLAIN,
    /** {@code *.a.test}. */
    LEADING_STAR,
    /** {@code a.*}. */
    TRAILING_STAR
  }

  static HostPattern parse(String text) {
    String name = text.substring(HostText.nameStart(text), HostText.nameEnd(text));
    int port = HostText.port(text);
    int star = name.indexOf('*');
    if (star < 0) {
      return new HostPattern(Kind.PLAIN, name, port);
    }
    if (name.startsWith("*.") && name.indexOf('*', 1) < 0) {
      return new HostPattern(Kind.LEADING_STAR, name.substring(1), port);
    }
    if (name.endsWith(".*") && star == name.length() - 1) {
      return new HostPattern(Kind.TRAILING_STAR, name.substring(0, star), port);
    }
    throw new IllegalArgumentException("invalid wildcard: must be placed at leftmost or rightmost label: " + text);
  }

  boolean wildcard() {
    return kind == Kind.LEADING_STAR || kind == Kind.TRAILING_STAR;
  }

  boolean hasPort() {
    return port != HostText.NO_PORT;
  }
}
