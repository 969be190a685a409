package dev.sluice.kernel.snapshot;

import dev.sluice.api.store.UniqueKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Unique keys that have changed many times are those of a plain map, and the ones before what they were. */
class UniqueKeysTest {

  private static final String[] WORKSPACES = {"a", "b", "c"};
  private static final String[] FIELDS = {"name", "custom_id"};

  private static UniqueKey key(Random random) {
    return new UniqueKey(WORKSPACES[random.nextInt(3)], FIELDS[random.nextInt(2)], "v" + random.nextInt(20));
  }

  private static void check(UniqueKeys<Integer> keys, Map<UniqueKey, Integer> expected) {
    for (String workspace : WORKSPACES) {
      for (String field : FIELDS) {
        for (int i = 0; i < 20; i++) {
          UniqueKey key = new UniqueKey(workspace, field, "v" + i);
          assertThat(keys.get(workspace, field, "v" + i)).as("%s", key).isEqualTo(expected.get(key));
        }
      }
    }
  }

  @Test
  void areThoseOfAPlainMap() {
    Random random = new Random(1);
    Map<UniqueKey, Integer> expected = new HashMap<>();
    UniqueKeys.Builder<Integer> builder = new UniqueKeys.Builder<>();
    for (int i = 0; i < 30; i++) {
      UniqueKey key = key(random);
      builder.put(key, i);
      expected.put(key, i);
    }
    UniqueKeys<Integer> keys = builder.build();
    UniqueKeys<Integer> first = keys;
    Map<UniqueKey, Integer> were = Map.copyOf(expected);
    check(first, were);
    for (int i = 0; i < 1000; i++) {
      UniqueKey key = key(random);
      if (random.nextInt(3) == 0) {
        keys = keys.plus(key, i);
        expected.put(key, i);
      } else {
        keys = keys.minus(key);
        expected.remove(key);
      }
    }
    check(keys, expected);
    check(first, were);
  }
}
