package dev.sluice.kernel.snapshot;

import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.api.filter.Filter;
import java.util.List;
import java.util.function.Predicate;

/** The filters that run for a request, sorted into phases once. */
public final class Chain {

  /** No filter. */
  public static final Chain EMPTY = new Chain(List.of());

  private final List<FilterInstance> all;
  private final FilterInstance[] rewrite;
  private final FilterInstance[] access;
  private final FilterInstance[] response;
  private final FilterInstance[] exit;
  private final FilterInstance[] header;
  private final FilterInstance[] body;
  private final FilterInstance[] log;
  private final FilterInstance[] strategies;

  /**
   * Sorts filters into phases.
   *
   * @param instances by descending priority
   */
  public Chain(List<FilterInstance> instances) {
    all = List.copyOf(instances);
    rewrite = only(instances, Filter.Rewrite.class::isInstance);
    access = only(instances, Filter.Access.class::isInstance);
    response = only(instances, Filter.Response.class::isInstance);
    exit = only(instances, Filter.Exit.class::isInstance);
    header = only(instances, Filter.Header.class::isInstance);
    body = only(instances, Filter.Body.class::isInstance);
    log = only(instances, Filter.Log.class::isInstance);
    strategies = only(instances, DeploymentStrategy.class::isInstance);
  }

  private static FilterInstance[] only(List<FilterInstance> instances, Predicate<Filter> wanted) {
    return instances.stream().filter(instance -> wanted.test(instance.filter())).toArray(FilterInstance[]::new);
  }

  /** All of them, by descending priority. */
  public List<FilterInstance> all() {
    return all;
  }

  /** Whether one of the filters must not be called now. */
  public boolean suspended() {
    return FilterInstance.anySuspended() && all.stream().anyMatch(FilterInstance::suspended);
  }

  /** Filters of the phase REWRITE. */
  public FilterInstance[] rewrite() {
    return rewrite;
  }

  /** Filters of the phase ACCESS. */
  public FilterInstance[] access() {
    return access;
  }

  /** Filters of the phase RESPONSE. */
  public FilterInstance[] response() {
    return response;
  }

  /** Filters that see the gateway's own answers. */
  public FilterInstance[] exit() {
    return exit;
  }

  /** Filters of the phase HEADER_FILTER. */
  public FilterInstance[] header() {
    return header;
  }

  /** Filters of the phase BODY_FILTER. */
  public FilterInstance[] body() {
    return body;
  }

  /** Filters of the phase LOG. */
  public FilterInstance[] log() {
    return log;
  }

  /** Strategies of deployment. */
  public FilterInstance[] strategies() {
    return strategies;
  }
}
