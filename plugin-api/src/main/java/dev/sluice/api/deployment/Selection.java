package dev.sluice.api.deployment;

import java.util.Optional;

/**
 * Where a request goes, and why. Make those that do not depend on the request ahead: the request path need not allocate.
 *
 * @param group the name of a group; {@link #REST} leaves the request to strategies of lower priority, and without such
 *     to the service's own host
 * @param reason in a few words, such as {@code active side}
 * @param stickyKey what ties the client to the group, such as the id of a consumer; empty when nothing does
 */
public record Selection(String group, String reason, Optional<String> stickyKey) {

  /** The group of requests that a strategy sends nowhere else. */
  public static final String REST = "";

  /** A choice that no key was looked at for. */
  public static Selection of(String group, String reason) {
    return new Selection(group, reason, Optional.empty());
  }

  /** Whether the strategy leaves the choice to others. */
  public boolean rest() {
    return group.isEmpty();
  }
}
