package dev.sluice.plugins.sqlite;

import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.Store.Change;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.api.store.UniqueKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.sluice.testkit.contract.PutBuilder.put;
import static org.assertj.core.api.Assertions.assertThat;

/** What was acknowledged survives the death of the process, and nothing survives by half (case ST-02). */
class KillTest {

  private static final int ROUNDS = 6;

  @TempDir Path prefix;

  @Test
  void acknowledgedCommitsSurviveAKill() throws IOException {
    Random random = new Random(20260101);
    Set<Integer> acknowledged = new TreeSet<>();
    int first = 0;
    for (int round = 0; round < ROUNDS; round++) {
      acknowledged.addAll(writeUntilKilled(first, 20 + random.nextInt(600)));
      try (OpenStore store = OpenStore.in(prefix)) {
        Set<Integer> found = pairsIn(store);
        assertThat(found).as("round %d", round).containsAll(acknowledged);
        acknowledged.addAll(found);
        first = acknowledged.stream().mapToInt(number -> number + 1).max().orElse(0);
      }
    }
    assertThat(acknowledged).hasSizeGreaterThan(ROUNDS * 20);
  }

  private Set<Integer> writeUntilKilled(int first, int acknowledgements) throws IOException {
    Set<Integer> acknowledged = new TreeSet<>();
    try (ChildJvm child = ChildJvm.run(PairWriter.class, prefix, "", first, Integer.MAX_VALUE - first)) {
      for (String line = child.line(); line != null; line = child.line()) {
        assertThat(line).doesNotStartWith("failed");
        if (line.startsWith("ack ") && line.endsWith(".")) {
          acknowledged.add(Integer.valueOf(line.substring(4, line.length() - 1)));
        }
        if (acknowledged.size() == acknowledgements) {
          child.kill();
        }
      }
    }
    assertThat(acknowledged.size()).isGreaterThanOrEqualTo(acknowledgements);
    return acknowledged;
  }

  private static Set<Integer> pairsIn(OpenStore store) {
    Map<String, StoredEntity> rows = new HashMap<>();
    PageQuery query = PageQuery.of("things", 1000);
    List<StoredEntity> page = OpenStore.await(store.store().page(query));
    while (!page.isEmpty()) {
      page.forEach(row -> rows.put(row.id(), row));
      page = OpenStore.await(store.store().page(query.after(page.get(page.size() - 1).id())));
    }
    Set<Integer> pairs = new TreeSet<>();
    rows.values().stream().filter(row -> row.id().startsWith("a")).forEach(a -> {
      String number = a.id().substring(1);
      StoredEntity b = rows.get("b" + number);
      assertThat(b).as("the other half of " + a.id()).isNotNull();
      assertThat(b.revision()).isEqualTo(a.revision());
      assertThat(OpenStore.await(store.store().findUnique("things", new UniqueKey("w1", "name", number))))
          .as("the key of " + a.id())
          .isPresent();
      pairs.add(Integer.valueOf(number));
    });
    assertThat(rows).hasSize(pairs.size() * 2);

    // Each revision is one pair, from the first to the last without a gap.
    assertThat(OpenStore.await(store.store().revision())).isEqualTo(pairs.size());
    List<Change> changes = OpenStore.await(store.store().changes(Math.max(0, pairs.size() - 10_000L)));
    assertThat(changes.stream().collect(Collectors.groupingBy(Change::revision, Collectors.counting())))
        .hasSize(Math.min(pairs.size(), 10_000))
        .allSatisfy((revision, count) -> assertThat(count).isEqualTo(2));
    return pairs;
  }

  @Test
  void twoProcessesMayShareTheFile() throws Exception {
    try (OpenStore store = OpenStore.in(prefix);
        ChildJvm child = ChildJvm.run(PairWriter.class, prefix, "child", 0, 300)) {
      assertThat(child.line()).isEqualTo("open");
      int own = 0;
      for (String line = child.line(); line != null; line = child.line()) {
        assertThat(line).startsWith("ack ");
        store.commit(put("own" + own++));
      }
      assertThat(child.exitCode()).isZero();
      assertThat(own).isEqualTo(300);
      assertThat(OpenStore.await(store.store().revision())).isEqualTo(600);
      assertThat(OpenStore.await(store.store().changes(0))).hasSize(900);
      assertThat(store.find("achild299")).isPresent();
    }
  }
}
