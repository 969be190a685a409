package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.RouteQuery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A route's {@code snis}. They are looked at when the connection is encrypted; over plain HTTP they play no part, so
 * that a route for HTTPS alone is found there too and can answer with its redirect.
 *
 * @param exact names
 * @param suffixes what a name may end with, from {@code *.a.test}
 * @param prefixes what a name may begin with, from {@code a.*}
 */
record SniTerm(Set<String> exact, List<String> suffixes, List<String> prefixes) {

  static SniTerm parse(List<String> snis, Flavor flavor) {
    Set<String> exact = new HashSet<>();
    List<String> suffixes = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    for (String sni : snis) {
      String name = withoutLastDot(sni);
      if (!flavor.takesWildcardSnis()) {
        exact.add(name);
      } else if (name.startsWith("*")) {
        suffixes.add(name.substring(1));
      } else if (name.endsWith("*")) {
        prefixes.add(name.substring(0, name.length() - 1));
      } else {
        exact.add(name);
      }
    }
    return new SniTerm(Set.copyOf(exact), List.copyOf(suffixes), List.copyOf(prefixes));
  }

  /** The server name to compare; empty when the client sent none. */
  static String nameOf(RouteQuery query) {
    return withoutLastDot(query.sni().orElse(""));
  }

  static boolean playsNoPart(RouteQuery query) {
    return query.scheme().equals("http");
  }

  boolean matches(RouteQuery query) {
    if (playsNoPart(query)) {
      return true;
    }
    return matches(query.sni());
  }

  /** Whether a server name matches; none does not. */
  boolean matches(Optional<String> sni) {
    String name = withoutLastDot(sni.orElse(""));
    return !name.isEmpty() && (exact.contains(name) || matchesWildcard(name));
  }

  boolean hasWildcard() {
    return !suffixes.isEmpty() || !prefixes.isEmpty();
  }

  private boolean matchesWildcard(String name) {
    for (int i = 0; i < suffixes.size(); i++) {
      if (name.endsWith(suffixes.get(i))) {
        return true;
      }
    }
    for (int i = 0; i < prefixes.size(); i++) {
      if (name.startsWith(prefixes.get(i))) {
        return true;
      }
    }
    return false;
  }

  static String withoutLastDot(String name) {
    return name.length() > 1 && name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
