package dev.sluice.kernel.snapshot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
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
  }

  private static void assertSame(LayeredMap<String, Integer> map, Map<String, Integer> plain) {
    assertThat(new ArrayList<>(map.values())).containsExactlyInAnyOrderElementsOf(plain.values());
    for (int i = 0; i <= 350; i++) {
      assertThat(map.get("k" + i)).isEqualTo(plain.get("k" + i));
    }
  }
}
