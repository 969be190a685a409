package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.routing.RouteMatch.Captures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run of a condition has matched: the last part of the path, and the groups of all regular expressions. As in
 * Kong's, comparisons that held count even where the condition around them did not.
 */
final class Trace {

  /** Keeps nothing. */
  static final Trace OFF = new Trace(false);

  private final boolean on;
  private String path;
  private List<String> numbered = List.of();
  private Map<String, String> named = Map.of();

  private Trace(boolean on) {
    this.on = on;
  }

  static Trace on() {
    return new Trace(true);
  }

  boolean isOn() {
    return on;
  }

  void path(String matched) {
    path = matched;
  }

  void captures(Captures captures) {
    if (captures.numbered().isEmpty()) {
      return;
    }
    List<String> merged = new ArrayList<>(numbered);
    for (int i = 0; i < captures.numbered().size(); i++) {
      String group = captures.numbered().get(i);
      if (i == merged.size()) {
        merged.add(group);
      } else if (!group.isEmpty()) {
        merged.set(i, group);
      }
    }
    Map<String, String> names = new HashMap<>(named);
    captures.named().forEach((name, group) -> names.merge(name, group, (old, now) -> now.isEmpty() ? old : now));
    numbered = merged;
    named = names;
  }

  /** The part of the path that was matched; empty when there is none. */
  String path() {
    return path == null ? "" : path;
  }

  Captures captures() {
    return numbered.isEmpty() ? Captures.NONE : new Captures(List.copyOf(numbered), Map.copyOf(named));
  }
}
