package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.RouteQuery;
import dev.sluice.plugins.routing.HostText;
import dev.sluice.plugins.routing.Regex;

/** Where the two flavors part. */
enum Flavor {
  /** Kong's default: ranks by few criteria, regular expressions without look-around. */
  COMPATIBLE("traditional_compatible"),

  /** Kong's older one: ranks by the set of attributes too, Perl's regular expressions, {@code path_handling: v1}. */
  TRADITIONAL("traditional");

  private final String text;

  Flavor(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /** Which of two matching rules wins: the lesser one. */
  RuleOrder order() {
    return this == TRADITIONAL ? RuleOrder.TRADITIONAL : RuleOrder.COMPATIBLE;
  }

  Regex regex(String pattern) {
    return this == TRADITIONAL ? Regex.lenient(pattern) : Regex.linear(pattern);
  }

  boolean handlesPathsAsV1() {
    return this == TRADITIONAL;
  }

  boolean takesWildcardSnis() {
    return this == COMPATIBLE;
  }

  /** The port that a Host header without one stands for where a plain host names a port; negative for none. */
  int portOfPlainHost(RouteQuery query) {
    return this == COMPATIBLE ? query.localPort() : HostText.NO_PORT;
  }

  /** As {@link #portOfPlainHost}, where a host with a wildcard names a port. */
  int portOfWildcardHost(RouteQuery query) {
    if (this == COMPATIBLE) {
      return query.localPort();
    }
    return query.scheme().equals("https") ? 443 : 80;
  }
}
