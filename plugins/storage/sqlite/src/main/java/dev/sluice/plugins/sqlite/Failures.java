package dev.sluice.plugins.sqlite;

import dev.sluice.api.store.StoreException;
import java.nio.file.Path;

/** Turns what went wrong into what a store may fail with. Each text names the file. */
final class Failures {

  private Failures() {}

  static StoreException of(Path file, String what) {
    return new StoreException("the database " + file + " " + what, null);
  }

  static StoreException of(Path file, Throwable cause) {
    return cause instanceof StoreException known
        ? known
        : new StoreException("the database " + file + " failed: " + cause.getMessage(), cause);
  }
}
