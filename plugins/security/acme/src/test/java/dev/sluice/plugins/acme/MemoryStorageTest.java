package dev.sluice.plugins.acme;

import dev.sluice.testkit.fake.MovableClock;
import java.time.Duration;
import java.time.Instant;

/** The memory of a node. */
class MemoryStorageTest extends StorageContract {

  private final MovableClock clock = new MovableClock(Instant.EPOCH);
  private final Storage storage = new MemoryStorage(clock);

  @Override
  Storage storage() {
    return storage;
  }

  @Override
  void pass(Duration time) {
    clock.advance(time);
  }
}
