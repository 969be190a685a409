package dev.sluice.plugins.sqlite;

import dev.sluice.api.store.StoreException;
import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static dev.sluice.testkit.contract.PutBuilder.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What goes wrong while the file is open (case ST-04). */
class TroubleTest {

  @TempDir Path prefix;

  @Test
  void membersOfAGroupStandOrFallAlone() {
    try (OpenStore store = OpenStore.in(prefix)) {
      CountDownLatch all = new CountDownLatch(1);
      Future<Boolean> held =
          store
              .context()
              .ordered(
                  () -> {
                    all.await();
                    return true;
                  });
      List<Future<Long>> commits = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        var second = put("b" + i).create().unique("name", "name-" + i);
        switch (i) {
          case 11 -> second.create().unique("name", "name-3");
          case 22 -> second.refersTo("parent", "parents", "nope");
          default -> { }
        }
        commits.add(store.submit(put("a" + i), second));
      }
      all.countDown();
      OpenStore.await(held);
      assertOnlyTheseFailed(store, commits, 11, 22);
    }
  }

  @Test
  void aMemberThatBreaksTheTransactionTakesNobodyAlong() {
    try (OpenStore store = OpenStore.in(prefix)) {
      CountDownLatch all = new CountDownLatch(1);
      store
          .context()
          .ordered(
              () -> {
                all.await();
                return true;
              });
      List<Future<Long>> commits = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        // A column that is never empty refuses this in the middle of the transaction of all.
        commits.add(store.submit(put("a" + i), put("b" + i).unique("name", i == 7 ? null : "name-" + i)));
      }
      all.countDown();
      assertOnlyTheseFailed(store, commits, 7);
    }
  }

  private static void assertOnlyTheseFailed(OpenStore store, List<Future<Long>> commits, Integer... failed) {
    for (int i = 0; i < commits.size(); i++) {
      boolean fails = List.of(failed).contains(i);
      Future<Long> commit = commits.get(i);
      if (fails) {
        assertThatThrownBy(() -> OpenStore.await(commit)).isInstanceOf(StoreException.class);
      } else {
        assertThat(OpenStore.await(commit)).isPositive();
      }
      assertThat(store.find("a" + i).isPresent()).as("a%d", i).isEqualTo(!fails);
      assertThat(store.find("b" + i).isPresent()).as("b%d", i).isEqualTo(!fails);
    }
    assertThat(OpenStore.await(store.store().revision())).isEqualTo(commits.size() - failed.length);
  }

  @Test
  void aDocumentThatIsNoJsonFailsItsCommitAlone() {
    try (OpenStore store = OpenStore.in(prefix)) {
      assertThatThrownBy(() -> store.commit(put("a").field("x", new Object())))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("sluice.db");
      assertThat(store.commit(put("a"))).isEqualTo(1);
    }
  }

  @Test
  void aFileThatWasRemovedOrReplacedTakesNoMoreCommits() throws Exception {
    try (OpenStore store = OpenStore.in(prefix)) {
      store.commit(put("a"));
      assertThat(store.find("a")).isPresent();
      Path file = prefix.resolve("sluice.db");
      Path aside = prefix.resolve("aside.db");
      Files.move(file, aside);
      assertThat(OpenStore.await(store.store().reachable())).isFalse();
      assertThatThrownBy(() -> store.commit(put("b")))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("may have been removed");
      Files.createFile(file);
      assertThatThrownBy(() -> store.commit(put("b")))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("was replaced");
      assertThat(store.find("a")).isPresent();
      Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
      assertThat(OpenStore.await(store.store().reachable())).isTrue();
      store.commit(put("b"));
    }
    try (OpenStore store = OpenStore.in(prefix)) {
      assertThat(store.find("a")).isPresent();
      assertThat(store.find("b")).isPresent();
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aFullDiskFailsWritesButNotReads() throws Exception {
    int written = 0;
    // 8 MiB: no file of the child may grow beyond.
    try (ChildJvm child = ChildJvm.runAfter("ulimit -f 16384", FillingWriter.class, prefix)) {
      List<String> said = new ArrayList<>();
      for (String line = child.line(); line != null; line = child.line()) {
        said.add(line);
        written += line.startsWith("ack") ? 1 : 0;
      }
      assertThat(child.exitCode()).as("%s", said).isZero();
      assertThat(written).isGreaterThan(10);
      assertThat(said.subList(written, said.size()))
          .containsExactly("StoreException names the file", "reads go on", "closed");
    }
    try (OpenStore store = OpenStore.in(prefix)) {
      for (int i = 1; i < written; i++) {
        assertThat(store.find("row" + i)).as("row%d", i).isPresent();
      }
      assertThat(store.find("row" + written)).isEmpty();
      store.commit(put("more"));
    }
  }
}
