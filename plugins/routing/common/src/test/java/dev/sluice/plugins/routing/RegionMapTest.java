package dev.sluice.plugins.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A map that has changed many times has what a plain map has, and the maps before it what they had. */
final class RegionMapTest {

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void hasWhatAPlainMapHas(long seed) {
    Random random = new Random(seed);
    int first = random.nextInt(3000);
    Map<String, Integer> expected = new HashMap<>();
    for (int i = 0; i < first; i++) {
      expected.put(key(random), i);
    }
    RegionMap<Integer> map = new RegionMap<>(expected);
    RegionMap<Integer> before = map;
    Map<String, Integer> was = Map.copyOf(expected);
    Lengths lengths = Lengths.NONE.changed(expected.keySet(), List.of());
    boolean shrinks = random.nextBoolean();
    for (int step = 0; step < 100; step++) {
      Map<String, Integer> put = new HashMap<>();
      Set<String> removed = new HashSet<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        put.put(key(random), random.nextInt());
      }
      List<String> there = new ArrayList<>(expected.keySet());
      for (int i = random.nextInt(shrinks ? 60 : 3); i > 0 && !there.isEmpty(); i--) {
        removed.add(there.remove(random.nextInt(there.size())));
      }
      removed.removeAll(put.keySet());
      lengths =
          lengths.changed(put.keySet().stream().filter(key -> !expected.containsKey(key)).toList(), removed);
      expected.keySet().removeAll(removed);
      expected.putAll(put);
      map = map.changed(put, removed);
    }
    check(map, expected);
    check(before, was);
    List<Integer> counted = new ArrayList<>();
    for (int i = 0; i < lengths.count(); i++) {
      counted.add(lengths.get(i));
    }
    assertThat(counted).isEqualTo(expected.keySet().stream().map(String::length).sorted().distinct().toList());
  }

  /** Among them, keys that begin alike, have the same hash as another one, are empty, or are not of one byte for each character. */
  private static String key(Random random) {
    return switch (random.nextInt(20)) {
      case 0 -> "/" + (random.nextBoolean() ? "Aa" : "BB").repeat(random.nextInt(3)) + (random.nextBoolean() ? "Aa" : "BB");
      case 1 -> "/\u20ac" + random.nextInt(400);
      case 2 -> "/c" + "x".repeat(random.nextInt(400));
      case 3 -> "";
      default -> "/" + "abc".charAt(random.nextInt(3)) + random.nextInt(4000);
    };
  }

  private static void check(RegionMap<Integer> map, Map<String, Integer> expected) {
    Map<String, Integer> all = new TreeMap<>();
    map.forEach(all::put);
    assertThat(all).isEqualTo(expected);
    assertThat(map.size()).isEqualTo(expected.size());
    assertThat(map.isEmpty()).isEqualTo(expected.isEmpty());
    expected.forEach((key, value) -> assertThat(map.get("x" + key + "/y", 1, 1 + key.length())).isEqualTo(value));
    assertThat(map.get("/missing")).isNull();
    assertThat(map.get("/AaBBAa")).isNull();
    assertThat(map.get("/\u20ac")).isNull();
  }
}
