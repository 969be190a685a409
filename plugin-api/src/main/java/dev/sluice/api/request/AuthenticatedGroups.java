package dev.sluice.api.request;

import java.util.List;

/**
 * The groups that somebody other than this gateway says its client belongs to, such as an identity provider. A filter
 * that authenticates puts them into the context under {@link #KEY}, and one that authorises finds them there.
 *
 * @param names in any order
 */
public record AuthenticatedGroups(List<String> names) {

  /** Where they are in the context. */
  public static final ContextKey<AuthenticatedGroups> KEY =
      ContextKey.of("authenticated-groups", AuthenticatedGroups.class);

  /** Copies the list. */
  public AuthenticatedGroups {
    names = List.copyOf(names);
  }
}
