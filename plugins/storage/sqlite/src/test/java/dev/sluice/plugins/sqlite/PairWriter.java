package dev.sluice.plugins.sqlite;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import static dev.sluice.testkit.contract.PutBuilder.put;

/**
 * Commits pairs of rows without end, several at a time, and says so after each. Arguments: the prefix, the number of
 * the first pair, how many in all.
 */
final class PairWriter {

  private static final int IN_FLIGHT = 16;

  private final OpenStore store;
  private final String name;
  private final AtomicInteger next;
  private final int end;
  private final CountDownLatch finished = new CountDownLatch(IN_FLIGHT);

  private PairWriter(OpenStore store, String name, int first, int count) {
    this.store = store;
    this.name = name;
    this.next = new AtomicInteger(first);
    this.end = first + count;
  }

  public static void main(String[] args) throws InterruptedException {
    try (OpenStore store = OpenStore.in(Path.of(args[0]))) {
      ChildJvm.say("open");
      PairWriter writer = new PairWriter(store, args[1], Integer.parseInt(args[2]), Integer.parseInt(args[3]));
      for (int i = 0; i < IN_FLIGHT; i++) {
        writer.write();
      }
      writer.finished.await();
    }
  }

  private void write() {
    int number = next.getAndIncrement();
    if (number >= end) {
      finished.countDown();
      return;
    }
    String id = name + number;
    store
        .submit(put("a" + id).create().unique("name", id).field("n", number), put("b" + id).create().tags(id))
        .onSuccess(
            revision -> {
              // With an end that can be told from a line that was cut off.
              ChildJvm.say("ack " + number + ".");
              write();
            })
        .onFailure(
            e -> {
              ChildJvm.say("failed " + e);
              finished.countDown();
            });
  }
}
