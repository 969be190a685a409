package dev.sluice.api.deployment;

/** What is known of a strategy's groups, in the configuration that the request began with. */
public interface TargetGroups {

  /**
   * Whether somebody can take a request: a healthy target of the upstream, whose weight is not 0. The machine of a
   * group that is no upstream always counts as available.
   *
   * @param group the name of a group, or {@link Selection#REST} for the service's own
   */
  boolean available(String group);
}
