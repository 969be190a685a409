package dev.sluice.plugins.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Hosts that need no resolving. */
final class Literal {

  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

  private Literal() {}

  static boolean isIpv4(String host) {
    return IPV4.matcher(host).matches();
  }

  /** The address without brackets, when it is one of version 6. */
  static Optional<String> ipv6(String host) {
    String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    if (!IPV6.matcher(bare).matches()) {
      return Optional.empty();
    }
    try {
      // Text with a colon is parsed and never looked up.
      InetAddress.getByName(bare);
      return Optional.of(bare);
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
