package dev.sluice.plugins.acme;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The names for which certificates may be ordered. Immutable. */
final class Domains {

  private final boolean any;
  private final boolean addresses;
  private final Set<String> exact = new HashSet<>();
  private final List<String> endings = new ArrayList<>();
  private final List<String> beginnings = new ArrayList<>();

  /**
   * Sorts the names.
   *
   * @param names some with one wildcard at either end, which stands for any number of labels
   * @param any whether all names are allowed
   * @param addresses whether IPv4 addresses may be among them
   */
  Domains(List<String> names, boolean any, boolean addresses) {
    this.any = any;
    this.addresses = addresses;
    for (String given : names) {
      String name = given.toLowerCase(Locale.ROOT);
      if (name.startsWith("*")) {
        endings.add(name.substring(1));
      } else if (name.endsWith("*")) {
        beginnings.add(name.substring(0, name.length() - 1));
      } else {
        exact.add(name);
      }
    }
  }

  /**
   * Whether a certificate may be ordered.
   *
   * @param host in lower case
   */
  boolean allow(String host) {
    if (host.isEmpty() || !addresses && Hosts.isIpv4(host)) {
      return false;
    }
    if (any || exact.contains(host)) {
      return true;
    }
    for (String ending : endings) {
      if (host.length() > ending.length() && host.endsWith(ending)) {
        return true;
      }
    }
    for (String beginning : beginnings) {
      if (host.length() > beginning.length() && host.startsWith(beginning)) {
        return true;
      }
    }
    return false;
  }
}
