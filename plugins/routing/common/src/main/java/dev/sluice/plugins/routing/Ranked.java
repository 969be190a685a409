package dev.sluice.plugins.routing;

/**
 * What has a place in an order: the least rank wins over all others.
 *
 * @param <R> the type itself
 */
public interface Ranked<R> {

  /** In place of a rank: there is none yet, or nothing was found. */
  long UNRANKED = Long.MAX_VALUE;

  /** The rank. */
  long rank();

  /** The same with another rank. */
  R ranked(long place);
}
