package dev.sluice.api.schema;

import dev.sluice.api.schema.HostAddress.Kind;
import java.util.Optional;

/** What is wrong with hosts of different sorts. */
final class Hosts {

  private static final String PORT = "must not have a port";

  private Hosts() {}

  /** A name or an address without a port. */
  static Optional<String> host(String text) {
    return check(text, false);
  }

  /** A name without a port. */
  static Optional<String> sni(String text) {
    return check(text, true);
  }

  /** A name or an address, perhaps with a port. */
  static Optional<String> withOptionalPort(String text) {
    try {
      HostAddress.parse(text);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** A host of a route: wildcards are checked elsewhere. */
  static Optional<String> routeHost(String text) {
    return withOptionalPort(text.replace("*", "abc"));
  }

  /** A name without a port, perhaps with one wildcard at either end. */
  static Optional<String> wildcardSni(String text) {
    int star = text.indexOf('*');
    if (star > 0 && star < text.length() - 1) {
      return Optional.of("wildcard must be leftmost or rightmost character");
    }
    if (star >= 0 && text.indexOf('*', star + 1) >= 0) {
      return Optional.of("only one wildcard must be specified");
    }
    return sni(text.replace("*", "wildcard"));
  }

  private static Optional<String> check(String text, boolean nameOnly) {
    try {
      HostAddress address = HostAddress.parse(text);
      if (nameOnly && address.kind() != Kind.NAME) {
        return Optional.of("must not be an IP");
      }
      return address.port().isPresent() ? Optional.of(PORT) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(HostAddress.INVALID_PORT.equals(e.getMessage()) ? PORT : "invalid value: " + text);
    }
  }

  static Optional<String> ip(String text) {
    return isIp(text) ? Optional.empty() : Optional.of("not an ip address: " + text);
  }

  static Optional<String> ipOrCidr(String text) {
    int slash = text.indexOf('/');
    boolean valid = slash < 0
        ? isIp(text)
        : isIp(text.substring(0, slash)) && isBits(text.substring(slash + 1), text.contains(":") ? 128 : 32);
    return valid ? Optional.empty() : Optional.of("invalid ip or cidr range: '" + text + "'");
  }

  static Optional<String> cidr(String text) {
    return text.contains("/") && ipOrCidr(text).isEmpty()
        ? Optional.empty()
        : Optional.of("invalid cidr range: '" + text + "'");
  }

  private static boolean isIp(String text) {
    if (text.contains(":")) {
      return Ipv6Text.expand(text).isPresent();
    }
    try {
      HostAddress address = HostAddress.parse(text);
      return address.kind() == Kind.IPV4 && address.port().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isBits(String text, int most) {
    return text.matches("\\d{1,3}") && Integer.parseInt(text) <= most;
  }
}
