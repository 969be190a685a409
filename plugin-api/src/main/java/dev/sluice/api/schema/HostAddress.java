package dev.sluice.api.schema;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host with an optional port, as clients write it: a name, an IPv4 address or an IPv6 address.
 *
 * @param kind which of them
 * @param host the name as it was written, or the address in its full form: IPv4 without leading zeros, IPv6 as eight
 *     groups of four lower-case digits, without brackets
 * @param port the port, when one was written
 */
public record HostAddress(Kind kind, String host, OptionalInt port) {

  /** What a host can be. */
  public enum Kind {
    /** A name. */
    NAME,
    /** An IPv4 address. */
    IPV4,
    /** An IPv6 address. */
    IPV6
  }

  /** The message for a port above 65535. */
  public static final String INVALID_PORT = "invalid port number";

  private static final Pattern IPV4 =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?::(\\d+))?");
  private static final Pattern BRACKETED = Pattern.compile("\\[([^\\[\\]]*)](?::(\\d+))?");
  private static final Pattern NAME = Pattern.compile("([0-9A-Za-z._-]+?)(?::(\\d+))?");
  private static final Pattern DIGITS_AND_DOTS = Pattern.compile("[\\d.]+");
  private static final int MAX_PORT = 65_535;

  /**
   * Reads a host.
   *
   * @throws IllegalArgumentException when it is none; the message is fit for users
   */
  public static HostAddress parse(String text) {
    long colons = text.chars().filter(c -> c == ':').count();
    if (colons > 1) {
      return ipv6(text);
    }
    if (DIGITS_AND_DOTS.matcher(text.replace(":", "")).matches()) {
      return ipv4(text);
    }
    return name(text);
  }

  private static HostAddress ipv4(String text) {
    Matcher matcher = IPV4.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("invalid ipv4 address: " + text);
    }
    StringBuilder host = new StringBuilder();
    for (int i = 1; i <= 4; i++) {
      int part = Integer.parseInt(matcher.group(i));
      if (part > 255) {
        throw new IllegalArgumentException("invalid ipv4 address: " + text);
      }
      host.append(i == 1 ? "" : ".").append(part);
    }
    return new HostAddress(Kind.IPV4, host.toString(), port(matcher.group(5)));
  }

  private static HostAddress ipv6(String text) {
    Matcher matcher = BRACKETED.matcher(text);
    boolean bracketed = matcher.matches();
    String host = Ipv6Text.expand(bracketed ? matcher.group(1) : text)
        .orElseThrow(() -> new IllegalArgumentException("invalid ipv6 address: " + text));
    return new HostAddress(Kind.IPV6, host, port(bracketed ? matcher.group(2) : null));
  }

  private static HostAddress name(String text) {
    Matcher matcher = NAME.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("invalid hostname: " + text);
    }
    OptionalInt port = port(matcher.group(2));
    String name = matcher.group(1);
    String[] labels = name.split("\\.", -1);
    for (int i = 0; i < labels.length; i++) {
      boolean rootDot = i > 0 && i == labels.length - 1;
      if (labels[i].endsWith("-") || (labels[i].isEmpty() && !rootDot)) {
        throw new IllegalArgumentException("invalid hostname: " + text);
      }
    }
    return new HostAddress(Kind.NAME, name, port);
  }

  private static OptionalInt port(String digits) {
    if (digits == null) {
      return OptionalInt.empty();
    }
    if (digits.length() > 9 || Integer.parseInt(digits) > MAX_PORT) {
      throw new IllegalArgumentException(INVALID_PORT);
    }
    return OptionalInt.of(Integer.parseInt(digits));
  }

  /** {@code host:port}, an IPv6 address in brackets. */
  public String withPort(int defaultPort) {
    String shown = kind == Kind.IPV6 ? "[" + host + "]" : host;
    return shown + ":" + port.orElse(defaultPort);
  }
}
