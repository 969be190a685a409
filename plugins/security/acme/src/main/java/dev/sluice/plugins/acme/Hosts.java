package dev.sluice.plugins.acme;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of hosts. */
final class Hosts {

  private static final Pattern IPV4 = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

  private Hosts() {}

  /** A Host header without its port, in lower case. */
  static String of(String header) {
    int colon = header.lastIndexOf(':');
    boolean port = colon > 0 && header.indexOf(']', colon) < 0;
    return (port ? header.substring(0, colon) : header).toLowerCase(Locale.ROOT);
  }

  static boolean isIpv4(String host) {
    return !host.isEmpty() && Character.isDigit(host.charAt(0)) && IPV4.matcher(host).matches();
  }
}
