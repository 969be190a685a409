package dev.sluice.api.routing;

import java.util.Map;

/**
 * A route beside a request, for people who ask why it did or did not win.
 *
 * @param definition the route
 * @param matched the criteria that the request meets, such as {@code path} or {@code header X-A}, and by which value of the
 *     route; in order
 * @param missed those that it does not meet, and what would be wanted
 * @param behind what puts it behind the candidate before it, in a few words; empty for the first one
 */
public record RouteCandidate(
    RouteDefinition definition, Map<String, String> matched, Map<String, String> missed, String behind) {

  /** Whether the request meets all of them. */
  public boolean matches() {
    return missed.isEmpty();
  }
}
