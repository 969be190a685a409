package dev.sluice.plugins.acme;

import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.Entities;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Entities of a gateway. */
class EntityStorageTest extends StorageContract {

  private static AcmeFixture fixture;
  private static Storage storage;

  @BeforeAll
  static void start() {
    fixture = new AcmeFixture();
    storage = new EntityStorage(new PluginContext() {
      @Override
      public Entities entities() {
        return fixture.gateway.kernel().entities();
      }
    });
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @AfterEach
  void reset() {
    fixture.reset();
  }

  @Override
  Storage storage() {
    return storage;
  }

  @Override
  void pass(Duration time) {
    fixture.clock.advance(time);
  }
}
