package dev.sluice.api.routing;

import java.util.List;
import java.util.Map;

/**
 * The outcome of routing.
 *
 * @param definition the route that won, and its service
 * @param upstreamPath the path to send upstream, in normal form, not escaped
 * @param strippedPrefix what was taken off the front of the path; empty when nothing was
 * @param captures what the groups of a regular expression matched
 */
public record RouteMatch(
    RouteDefinition definition, String upstreamPath, String strippedPrefix, Captures captures) {

  /**
   * Groups of a regular expression.
   *
   * @param numbered from group 1; a group that took no part is the empty string
   * @param named by name
   */
  public record Captures(List<String> numbered, Map<String, String> named) {

    /** No groups. */
    public static final Captures NONE = new Captures(List.of(), Map.of());
  }

  /** A match without captures. */
  public static RouteMatch of(RouteDefinition definition, String upstreamPath, String strippedPrefix) {
    return new RouteMatch(definition, upstreamPath, strippedPrefix, Captures.NONE);
  }
}
