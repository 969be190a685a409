package dev.sluice.plugins.routertraditional;

import dev.sluice.api.entity.Route;
import java.util.ArrayList;
import java.util.List;

/** Says what of a route cannot be compiled, all at once. */
final class RouteCheck {

  private final Flavor flavor;
  private final List<String> problems = new ArrayList<>();

  RouteCheck(Flavor flavor) {
    this.flavor = flavor;
  }

  List<String> check(Route route) {
    for (String host : route.hosts()) {
      attempt("", () -> HostPattern.parse(host));
    }
    for (String path : route.paths()) {
      attempt("invalid regex: '" + path.substring(Math.min(1, path.length())) + "' ", () -> path(path));
    }
    route.headers().forEach(
        (name, values) ->
            attempt("invalid regex in header '" + name + "': ", () -> HeaderTerm.parse(name, values, flavor)));
    for (String sni : route.snis()) {
      if (sni.contains("*") && !flavor.takesWildcardSnis()) {
        problems.add("router flavor " + flavor.text() + " takes no wildcard in snis: " + sni);
      }
    }
    return List.copyOf(problems);
  }

  private void path(String text) {
    try {
      PathPattern.parse(text, 0, flavor);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("(" + wrong.getMessage() + ")", wrong);
    }
  }

  private void attempt(String lead, Runnable step) {
    try {
      step.run();
    } catch (IllegalArgumentException wrong) {
      problems.add(lead + wrong.getMessage());
    }
  }
}
