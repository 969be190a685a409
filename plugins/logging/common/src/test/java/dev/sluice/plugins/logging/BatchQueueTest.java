package dev.sluice.plugins.logging;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.fake.FakePluginContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class BatchQueueTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final List<List<String>> sent = new CopyOnWriteArrayList<>();
  private FakePluginContext lent;
  private Queues queues;

  @BeforeEach
  void start() {
    lent = new FakePluginContext(folder);
    queues = new Queues(lent);
  }

  @AfterEach
  void stop() {
    lent.close();
  }

  private static QueueSettings settings(int batch, Duration delay, int entries, long bytes, Duration retry) {
    return new QueueSettings(
        batch, delay, entries, bytes, retry, Duration.ofMillis(1), Duration.ofMillis(20), false);
  }

  private BatchQueue<String> queue(QueueSettings settings, BatchQueue.Sender<String> sender) {
    return new BatchQueue<>("test", settings, queues, String::length, sender);
  }

  private Future<Void> take(List<String> batch) {
    sent.add(List.copyOf(batch));
    return Future.succeededFuture();
  }

  private List<String> all() {
    List<String> all = new ArrayList<>();
    sent.forEach(all::addAll);
    return all;
  }

  @Test
  void entriesGoOutInTheirOrder() {
    BatchQueue<String> queue = queue(settings(1, LONG, 10_000, 0, LONG), this::take);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      queue.add("e" + i);
      expected.add("e" + i);
    }
    Await.until("all are sent", () -> sent.size() == 2000);
    assertThat(all()).isEqualTo(expected);
  }

  @Test
  void aFullBatchDoesNotWait() {
    BatchQueue<String> queue = queue(settings(3, LONG, 100, 0, LONG), this::take);
    queue.add("a");
    queue.add("b");
    queue.add("c");
    Await.until("the batch is sent", () -> sent.size() == 1);
    assertThat(sent.get(0)).containsExactly("a", "b", "c");
  }

  @Test
  void aPartOfABatchWaitsForTheDelayAlone() {
    BatchQueue<String> queue = queue(settings(3, Duration.ofMillis(100), 100, 0, LONG), this::take);
    long begun = System.nanoTime();
    queue.add("a");
    queue.add("b");
    Await.until("the batch is sent", () -> sent.size() == 1);
    assertThat(sent.get(0)).containsExactly("a", "b");
    assertThat(System.nanoTime() - begun).isGreaterThan(Duration.ofMillis(95).toNanos());
  }

  @Test
  void whatFailsIsSentAgain() {
    AtomicInteger attempts = new AtomicInteger();
    BatchQueue<String> queue = queue(
        settings(1, LONG, 100, 0, LONG),
        batch -> attempts.incrementAndGet() < 4 ? Future.failedFuture("not yet") : take(batch));
    queue.add("a");
    queue.add("b");
    Await.until("both are sent", () -> sent.size() == 2);
    assertThat(all()).containsExactly("a", "b");
    assertThat(attempts).hasValue(5);
  }

  @Test
  void aBatchIsGivenUpAfterItsTime() {
    BatchQueue<String> queue = queue(
        settings(1, LONG, 100, 0, Duration.ofMillis(50)),
        batch -> batch.contains("bad") ? Future.failedFuture("never") : take(batch));
    queue.add("bad");
    queue.add("good");
    Await.until("the next one is sent", () -> sent.size() == 1);
    assertThat(all()).containsExactly("good");
  }

  @Test
  void aSenderThatThrowsIsOneThatFails() {
    AtomicInteger attempts = new AtomicInteger();
    BatchQueue<String> queue = queue(settings(1, LONG, 100, 0, LONG), batch -> {
      if (attempts.incrementAndGet() == 1) {
        throw new IllegalStateException("once");
      }
      return take(batch);
    });
    queue.add("a");
    Await.until("it is sent", () -> sent.size() == 1);
  }

  @Test
  void theOldestEntriesAreDroppedWhenThereAreTooMany() {
    Promise<Void> first = Promise.promise();
    BatchQueue<String> queue = queue(settings(1, LONG, 3, 0, LONG), batch -> {
      take(batch);
      return first.future();
    });
    queue.add("under way");
    Await.until("the first is under way", () -> sent.size() == 1);
    for (int i = 0; i < 10; i++) {
      queue.add("e" + i);
    }
    first.complete();
    Await.until("the rest is sent", () -> sent.size() == 4);
    assertThat(all()).containsExactly("under way", "e7", "e8", "e9");
  }

  @Test
  void bytesAreBoundedToo() {
    Promise<Void> first = Promise.promise();
    BatchQueue<String> queue = queue(settings(1, LONG, 100, 10, LONG), batch -> {
      take(batch);
      return first.future();
    });
    queue.add("1");
    Await.until("the first is under way", () -> sent.size() == 1);
    queue.add("longer than ten");
    queue.add("12345");
    queue.add("abcde");
    queue.add("x");
    first.complete();
    Await.until("the rest is sent", () -> sent.size() == 3);
    assertThat(all()).containsExactly("1", "abcde", "x");
  }

  @Test
  void withoutALimitNoBatchWaitsForAnother() {
    Promise<Void> never = Promise.promise();
    BatchQueue<String> queue = queue(
        new QueueSettings(1, LONG, 3, 0, LONG, Duration.ofMillis(1), LONG, true),
        batch -> {
          take(batch);
          return never.future();
        });
    for (int i = 0; i < 5; i++) {
      queue.add("e" + i);
    }
    Await.until("as many as may be are under way", () -> sent.size() == 3);
    assertThat(all()).containsExactlyInAnyOrder("e0", "e1", "e2");
    never.complete();
    Await.until("nothing is under way", () -> queues.finish().isComplete());
  }

  @Test
  void atTheEndNothingWaitsForCompany() {
    BatchQueue<String> queue = queue(settings(100, LONG, 1000, 0, LONG), this::take);
    for (int i = 0; i < 250; i++) {
      queue.add("e" + i);
    }
    Await.until("two batches are full", () -> sent.size() == 2);
    Await.result(queues.finish());
    assertThat(all()).hasSize(250);
  }

  @Test
  void theEndIsNotPutOffForEver() {
    BatchQueue<String> queue = queue(settings(1, LONG, 1000, 0, LONG), batch -> Promise.<Void>promise().future());
    queue.add("lost");
    long begun = System.nanoTime();
    Await.result(queues.finish());
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(5));
  }

  @Test
  void manyThreadsMayAdd() throws InterruptedException {
    BatchQueue<String> queue = queue(settings(7, Duration.ofMillis(1), 1_000_000, 0, LONG), this::take);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread thread = new Thread(() -> {
        for (int i = 0; i < 5000; i++) {
          queue.add("e");
        }
      });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Await.until("all are sent", () -> all().size() == 20_000);
    Await.result(queues.finish());
    assertThat(sent).allMatch(batch -> batch.size() <= 7);
  }
}
