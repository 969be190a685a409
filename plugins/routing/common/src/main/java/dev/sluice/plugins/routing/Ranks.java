package dev.sluice.plugins.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Gives rules their ranks, with room between them: a rule that comes later finds a rank of its own, and those that are
 * there keep theirs.
 */
public final class Ranks {

  /** By rank, the best first. */
  public static final Comparator<Ranked<?>> ORDER = Comparator.comparingLong(Ranked::rank);

  /** Many rules come one behind the other, as routes are made: they must not halve the room each time. */
  private static final long STEP = 1L << 20;

  private Ranks() {}

  /** Ranks for rules that are sorted, far from each other. */
  public static <R extends Ranked<R>> List<R> spread(List<R> rules) {
    long step = (Ranked.UNRANKED - 1) / (rules.size() + 1);
    List<R> ranked = new ArrayList<>(rules.size());
    for (R rule : rules) {
      ranked.add(rule.ranked((ranked.size() + 1) * step));
    }
    return ranked;
  }

  /**
   * Ranks for rules that come to others.
   *
   * @param ranked those that are there, the best first
   * @param come sorted too
   * @return empty when there is no room left, or so many come that all had better be ranked anew
   */
  public static <R extends Ranked<R>> Optional<List<R>> placed(List<R> ranked, List<R> come, Comparator<R> order) {
    if (come.size() > ranked.size() / 4) {
      return Optional.empty();
    }
    List<R> placed = new ArrayList<>(come.size());
    for (R rule : come) {
      int found = Collections.binarySearch(ranked, rule, order);
      int place = found < 0 ? -found - 1 : found;
      long before = place == 0 ? 0 : ranked.get(place - 1).rank();
      if (!placed.isEmpty()) {
        before = Math.max(before, placed.get(placed.size() - 1).rank());
      }
      long after = place == ranked.size() ? Ranked.UNRANKED : ranked.get(place).rank();
      if (after - before < 2) {
        return Optional.empty();
      }
      placed.add(rule.ranked(before + Math.min(STEP, (after - before) / 2)));
    }
    return Optional.of(placed);
  }
}
