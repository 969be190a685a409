package dev.sluice.plugins.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Rules in their order, with ranks that have room between them: a rule that comes finds a rank of its own, and those
 * that are there keep theirs. Where there is no room left, the rules nearby move apart. Immutable; what has changed
 * copies a piece or two of the list, not all of it.
 */
public final class RankedRules<R extends Ranked<R>> implements Iterable<R> {

  /** By rank, the best first. */
  public static final Comparator<Ranked<?>> ORDER = Comparator.comparingLong(Ranked::rank);

  /** Many rules come one behind the other, as routes are made: they must not halve the room each time. */
  private static final long STEP = 1L << 32;

  /** What rules that move apart get at the least, each. */
  private static final long ROOM = 1L << 12;

  private static final int PIECE = 256;

  private final Comparator<R> order;
  private final List<List<R>> pieces;
  private final int size;

  private RankedRules(Comparator<R> order, List<List<R>> pieces, int size) {
    this.order = order;
    this.pieces = pieces;
    this.size = size;
  }

  /** Rules in any order; they get ranks far from each other. */
  public static <R extends Ranked<R>> RankedRules<R> of(List<R> rules, Comparator<R> order) {
    List<R> sorted = new ArrayList<>(rules);
    sorted.sort(order);
    long step = (Ranked.UNRANKED - 1) / (sorted.size() + 1);
    List<List<R>> pieces = new ArrayList<>();
    for (int from = 0; from < sorted.size(); from += PIECE) {
      List<R> piece = new ArrayList<>(PIECE);
      for (int i = from; i < Math.min(from + PIECE, sorted.size()); i++) {
        piece.add(sorted.get(i).ranked((i + 1) * step));
      }
      pieces.add(piece);
    }
    return new RankedRules<>(order, pieces, sorted.size());
  }

  /**
   * The rules after a change.
   *
   * @param rules all of them
   * @param change what there is to change in an index over them; rules that have moved apart are in both lists
   */
  public record Changed<R extends Ranked<R>>(RankedRules<R> rules, RuleChange<R> change) {}

  /** Whether so much changes that all had better be ranked and indexed anew. */
  public boolean bestAnew(int gone, int come) {
    return gone + come > size / 4;
  }

  /** Those that stay when some go. */
  public List<R> without(Predicate<R> leaving) {
    List<R> left = new ArrayList<>(size);
    for (R rule : this) {
      if (!leaving.test(rule)) {
        left.add(rule);
      }
    }
    return left;
  }

  /**
   * Changes.
   *
   * @param gone what is equal, by the order, to those that go
   * @param same tells which of several equal ones does go
   * @param come in any order
   */
  public Changed<R> changed(List<R> gone, BiPredicate<R, R> same, List<R> come) {
    Edit edit = new Edit();
    gone.forEach(rule -> edit.remove(rule, same));
    List<R> coming = new ArrayList<>(come);
    coming.sort(order);
    coming.forEach(edit::add);
    return edit.result();
  }

  @Override
  public Iterator<R> iterator() {
    return stream().iterator();
  }

  /** All rules, the best first. */
  public Stream<R> stream() {
    return pieces.stream().flatMap(List::stream);
  }

  /** A change on its way. */
  private final class Edit {

    private final List<List<R>> next = new ArrayList<>(pieces);
    private final Set<List<R>> own = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<R> gone = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<R> come = Collections.newSetFromMap(new IdentityHashMap<>());
    private int count = size;

    private Changed<R> result() {
      List<R> ranked = new ArrayList<>(come);
      ranked.sort(ORDER);
      return new Changed<>(
          new RankedRules<>(order, next, count), new RuleChange<>(List.copyOf(gone), List.copyOf(ranked)));
    }

    private void remove(R like, BiPredicate<R, R> same) {
      int index = place(like);
      while (index < count && order.compare(rule(index), like) == 0) {
        R rule = rule(index);
        if (same.test(rule, like)) {
          leave(rule);
          take(index);
        } else {
          index++;
        }
      }
    }

    private void add(R rule) {
      int index = place(rule);
      while (index < count && order.compare(rule(index), rule) == 0) {
        index++;
      }
      if (room(index) < 2) {
        moveApart(index);
      }
      R ranked = rule.ranked(before(index) + Math.min(STEP, room(index) / 2));
      come.add(ranked);
      put(index, ranked);
    }

    private void leave(R rule) {
      if (!come.remove(rule)) {
        gone.add(rule);
      }
    }

    private long before(int index) {
      return index == 0 ? 0 : rule(index - 1).rank();
    }

    private long after(int index) {
      return index == count ? Ranked.UNRANKED : rule(index).rank();
    }

    private long room(int index) {
      return after(index) - before(index);
    }

    private void moveApart(int index) {
      for (int reach = 32; ; reach *= 4) {
        int from = Math.max(0, index - reach);
        int to = Math.min(count, index + reach);
        long step = (after(to) - before(from)) / (to - from + 1);
        if (step >= ROOM || from == 0 && to == count) {
          long rank = before(from);
          for (int i = from; i < to; i++) {
            rank += step;
            rank(i, rank);
          }
          return;
        }
      }
    }

    private void rank(int index, long rank) {
      R rule = rule(index);
      if (rule.rank() != rank) {
        R moved = rule.ranked(rank);
        leave(rule);
        come.add(moved);
        int piece = piece(index);
        owned(piece).set(index - start(piece), moved);
      }
    }

    /** Where a rule belongs: before the first that is not better. */
    private int place(R rule) {
      int low = 0;
      int high = next.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        List<R> piece = next.get(middle);
        if (order.compare(piece.get(piece.size() - 1), rule) < 0) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      if (low == next.size()) {
        return count;
      }
      List<R> piece = next.get(low);
      int from = 0;
      int to = piece.size();
      while (from < to) {
        int middle = (from + to) >>> 1;
        if (order.compare(piece.get(middle), rule) < 0) {
          from = middle + 1;
        } else {
          to = middle;
        }
      }
      return start(low) + from;
    }

    private int start(int piece) {
      int start = 0;
      for (int i = 0; i < piece; i++) {
        start += next.get(i).size();
      }
      return start;
    }

    /** The piece that a rule is in; what comes last is added to the last one. */
    private int piece(int index) {
      int left = index;
      int piece = 0;
      while (piece < next.size() - 1 && left >= next.get(piece).size()) {
        left -= next.get(piece).size();
        piece++;
      }
      return piece;
    }

    private R rule(int index) {
      int piece = piece(index);
      return next.get(piece).get(index - start(piece));
    }

    private List<R> owned(int piece) {
      List<R> list = next.get(piece);
      if (own.contains(list)) {
        return list;
      }
      List<R> copy = new ArrayList<>(list);
      own.add(copy);
      next.set(piece, copy);
      return copy;
    }

    private void put(int index, R rule) {
      if (next.isEmpty()) {
        next.add(List.of());
      }
      int piece = piece(index);
      List<R> list = owned(piece);
      list.add(index - start(piece), rule);
      count++;
      if (list.size() > 2 * PIECE) {
        List<R> tail = list.subList(PIECE, list.size());
        List<R> second = new ArrayList<>(tail);
        tail.clear();
        own.add(second);
        next.add(piece + 1, second);
      }
    }

    private void take(int index) {
      int piece = piece(index);
      List<R> list = owned(piece);
      list.remove(index - start(piece));
      count--;
      int behind = piece + 1;
      if (list.isEmpty()) {
        next.remove(piece);
      } else if (behind < next.size() && list.size() + next.get(behind).size() < PIECE / 2) {
        list.addAll(next.remove(behind));
      }
    }
  }
}
