package dev.sluice.plugins.sqlite;

import dev.sluice.api.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Turns what went wrong into what a store may fail with. Each text names the file. */
final class Failures {

  private Failures() {}

  static StoreException of(Path file, String what) {
    return new StoreException("the database " + file + " " + what, null);
  }

  static StoreException of(Path file, Throwable cause) {
    return cause instanceof StoreException known
        ? known
        : new StoreException("the database " + file + " failed: " + textOf(cause), cause);
  }

  private static String textOf(Throwable cause) {
    return cause instanceof SQLException ? cause.getMessage() : cause.toString();
  }
}
