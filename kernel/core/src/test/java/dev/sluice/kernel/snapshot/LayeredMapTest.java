package dev.sluice.kernel.snapshot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A layered map is a map, and stays what it was. */
final class LayeredMapTest {

  @Test
  void isWhatAPlainMapWouldBe() {
    for (int seed = 0; seed < 300; seed++) {
      changeAsAPlainMap(new Random(seed));
    }
  }

  private static void changeAsAPlainMap(Random random) {
    int filled = random.nextInt(301);
    Map<String, Integer> plain = new HashMap<>();
    for (int i = 0; i < filled; i++) {
      plain.put("k" + i, i);
    }
    LayeredMap<String, Integer> first = LayeredMap.of(new HashMap<>(plain));
    Map<String, Integer> begun = new HashMap<>(plain);
    LayeredMap<String, Integer> map = first;
    int value = 1000;
    for (int changes = random.nextInt(401); changes > 0; changes--) {
      String key = "k" + random.nextInt(351);
      if (++value % 3 == 0) {
        plain.remove(key);
        map = map.minus(key);
      } else {
        plain.put(key, value);
        map = map.plus(key, value);
      }
      assertThat(map.get(key)).isEqualTo(plain.get(key));
      assertThat(map.size()).isEqualTo(plain.size());
    }
    assertSame(map, plain);
    assertSame(first, begun);
    assertDifferences(map, first);
    assertSame(edited(random, map, plain), plain);
  }

  /** Many changes at once, sometimes so many that all is filled anew. */
  private static LayeredMap<String, Integer> edited(Random random, LayeredMap<String, Integer> before, Map<String, Integer> plain) {
    LayeredMap.Edit<String, Integer> edit = before.edit();
    for (int changes = random.nextInt(200); changes > 0; changes--) {
      String key = "k" + random.nextInt(351);
      if (random.nextBoolean()) {
        plain.remove(key);
        edit.remove(key);
      } else {
        plain.put(key, changes);
        edit.put(key, changes);
      }
      assertThat(edit.get(key)).isEqualTo(plain.get(key));
    }
    LayeredMap<String, Integer> done = edit.done();
    assertThat(done.edit().done()).isSameAs(done);
    assertDifferences(done, before);
    return done;
  }

  @SuppressWarnings({"BoxedPrimitiveEquality", "ReferenceEquality"})
  private static void assertDifferences(LayeredMap<String, Integer> map, LayeredMap<String, Integer> other) {
    Set<String> keys = new HashSet<>(map.keySet());
    keys.addAll(other.keySet());
    keys.removeIf(key -> map.get(key) == other.get(key));
    assertThat(map.differing(other)).isEqualTo(keys);
  }

  private static void assertSame(LayeredMap<String, Integer> map, Map<String, Integer> plain) {
    assertThat(new HashMap<>(map)).isEqualTo(plain);
    assertThat(new ArrayList<>(map.values())).containsExactlyInAnyOrderElementsOf(plain.values());
    for (int i = 0; i <= 350; i++) {
      assertThat(map.get("k" + i)).isEqualTo(plain.get("k" + i));
    }
  }
}
