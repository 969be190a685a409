package dev.sluice.plugins.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** Looks for damage before a file is trusted. */
final class Integrity {

  /**
   * Up to this size everything is looked at, which takes a second or two; beyond it, the structure of the pages only.
   * Rows are looked at again whenever they are read.
   */
  private static final long THOROUGH_BYTES = 64L << 20;

  private Integrity() {}

  /** Refuses a file of which pages, or rows and their indexes, do not fit together. */
  static void checkPages(Database database, Path file) throws SQLException, IOException {
    String check = thorough(file) ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)";
    String verdict = database.first(check, row -> row.getString(1)).orElse("no verdict");
    if (!verdict.equals("ok")) {
      throw Failures.of(file, "is damaged: " + verdict.strip());
    }
  }

  /** Refuses a file of which a row is not as it was written. */
  static void checkRows(Database database, Path file) throws SQLException, IOException {
    if (!thorough(file)) {
      return;
    }
    database.each("SELECT " + Rows.ENTITY + " FROM entities e", Rows::checkEntity);
    database.each("SELECT " + Rows.CHANGE + " FROM log", Rows::checkChange);
    long newest =
        database.number("SELECT max((SELECT max(revision) FROM entities), (SELECT max(revision) FROM log))");
    long last = database.number("SELECT value FROM meta WHERE name = 'revision'");
    if (last < newest) {
      throw Failures.of(file, "is damaged: it is at revision " + last + ", but has rows of revision " + newest);
    }
  }

  private static boolean thorough(Path file) throws IOException {
    return Files.size(file) <= THOROUGH_BYTES;
  }
}
