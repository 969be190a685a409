package dev.sluice.kernel.snapshot;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FlatTableTest {

  @Test
  void isAsTheMapThatItIsMadeOf() {
    Random random = new Random(7);
    for (int size = 0; size < 200; size++) {
      Map<String, Integer> map = new HashMap<>();
      while (map.size() < size) {
        map.put("key " + random.nextInt(500), map.size());
      }
      Map<String, Integer> table = FlatTable.of(map);
      assertThat(table).isEqualTo(map).hasSize(size);
      for (int i = 0; i < 500; i++) {
        assertThat(table.get("key " + i)).isEqualTo(map.get("key " + i));
        assertThat(table.containsKey("key " + i)).isEqualTo(map.containsKey("key " + i));
      }
      assertThat(table.values()).containsExactlyInAnyOrderElementsOf(map.values());
    }
  }

  @Test
  void takesKeysInARow() {
    Map<String, Integer> map =
        IntStream.range(0, 100_000).boxed().collect(Collectors.toMap(i -> String.format("/r%06d", i), i -> i));
    Map<String, Integer> table = FlatTable.of(map);
    assertThat(table).isInstanceOf(FlatTable.class).isEqualTo(map);
    assertThat(table.get("/r100000")).isNull();
  }

  @Test
  void takesKeysWithEqualHashesUpToAPoint() {
    Map<String, Integer> few = colliding(5);
    assertThat(FlatTable.of(few)).isInstanceOf(FlatTable.class).isEqualTo(few);
    Map<String, Integer> many = colliding(10);
    assertThat(FlatTable.of(many)).isSameAs(many);
  }

  /** "Aa" and "BB" have one hash, and so has whatever is put together of as many of them. */
  private static Map<String, Integer> colliding(int pairs) {
    Map<String, Integer> map = new HashMap<>();
    for (int i = 0; i < 1 << pairs; i++) {
      StringBuilder key = new StringBuilder();
      for (int bit = 0; bit < pairs; bit++) {
        key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      map.put(key.toString(), i);
    }
    assertThat(map.keySet().stream().map(String::hashCode).distinct()).hasSize(1);
    return map;
  }
}
