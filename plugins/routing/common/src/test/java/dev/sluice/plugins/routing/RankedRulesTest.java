package dev.sluice.plugins.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Rules that go and come leave the others in their order, and an index that follows the changes has them all. */
final class RankedRulesTest {

  private static final Comparator<Numbered> ORDER = Comparator.comparingInt(Numbered::number);

  /** Of rules with the same number, and so equal, the owner tells which is which. */
  private record Numbered(int number, Object owner, long rank) implements Ranked<Numbered> {
    @Override
    public Numbered ranked(long place) {
      return new Numbered(number, owner, place);
    }
  }

  private static Numbered rule(int number) {
    return new Numbered(number, new Object(), Ranked.UNRANKED);
  }

  /** Rules, and what an index would hold that was only told of changes. */
  private static final class Followed {
    private RankedRules<Numbered> rules;
    private final Set<Numbered> indexed = Collections.newSetFromMap(new IdentityHashMap<>());

    Followed(List<Numbered> first) {
      rules = RankedRules.of(first, ORDER);
      rules.forEach(indexed::add);
    }

    int change(List<Numbered> gone, List<Numbered> come) {
      RankedRules.Changed<Numbered> changed =
          rules.changed(gone, (rule, like) -> rule.owner() == like.owner(), come);
      changed.change().gone().forEach(rule -> assertThat(indexed.remove(rule)).isTrue());
      indexed.addAll(changed.change().come());
      rules = changed.rules();
      return changed.change().come().size();
    }

    void check(List<Numbered> expected) {
      List<Numbered> all = rules.stream().toList();
      assertThat(all).isSortedAccordingTo(ORDER).hasSameSizeAs(expected);
      assertThat(all).extracting(Numbered::owner).containsExactlyInAnyOrderElementsOf(
          expected.stream().map(Numbered::owner).toList());
      for (int i = 1; i < all.size(); i++) {
        assertThat(all.get(i).rank()).isGreaterThan(all.get(i - 1).rank());
      }
      assertThat(indexed).hasSameSizeAs(all);
      all.forEach(rule -> assertThat(indexed.contains(rule)).isTrue());
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void followsAnyChanges(long seed) {
    Random random = new Random(seed);
    int first = random.nextInt(1500);
    List<Numbered> expected = new ArrayList<>();
    for (int i = 0; i < first; i++) {
      expected.add(rule(random.nextInt(1000)));
    }
    Followed followed = new Followed(expected);
    for (int step = 0; step < 60; step++) {
      List<Numbered> gone = new ArrayList<>();
      for (int i = random.nextInt(1 + Math.min(30, expected.size())); i > 0; i--) {
        gone.add(expected.remove(random.nextInt(expected.size())));
      }
      List<Numbered> come = new ArrayList<>();
      int base = random.nextInt(1000);
      for (int i = random.nextInt(30); i > 0; i--) {
        come.add(rule(base + random.nextInt(20)));
      }
      expected.addAll(come);
      followed.change(gone, come);
    }
    followed.check(expected);
  }

  @Test
  void findsRoomForThousandsInOnePlace() {
    List<Numbered> expected = new ArrayList<>(List.of(rule(0), rule(1_000_000)));
    for (int i = 0; i < 5000; i++) {
      expected.add(rule(1_000_000 + i));
    }
    Followed followed = new Followed(expected);
    int touched = 0;
    for (int i = 0; i < 3000; i++) {
      // Each better than the one before: the room between them shrinks fastest so.
      Numbered next = rule(900_000 - i);
      expected.add(next);
      touched += followed.change(List.of(), List.of(next));
    }
    followed.check(expected);
    assertThat(touched).as("rules that came or moved apart").isBetween(3001, 100_000);
  }
}
