package dev.sluice.plugins.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of a file, and the steps that bring older ones up to date. The file's {@code user_version} says how many
 * of the steps it has been through, and its {@code application_id} that it is one of ours.
 */
final class Layout {

  /** The layout that this build reads and writes. */
  static final Layout CURRENT = new Layout(List.of(resource("layout-1.sql"), resource("layout-2.sql")));

  /** "SLUI" as a number. */
  static final int APPLICATION_ID = 0x534c5549;

  private static final Logger LOG = LoggerFactory.getLogger(Layout.class);

  private final List<String> steps;

  /** A layout reached by these scripts, whose statements end with a semicolon at the end of a line. */
  Layout(List<String> steps) {
    this.steps = List.copyOf(steps);
  }

  /** The number of this layout. */
  int version() {
    return steps.size();
  }

  /** Refuses a file of another application or of a newer layout. Changes nothing. */
  void check(Database database, Path file) throws SQLException {
    long application = database.number("PRAGMA application_id");
    long found = database.number("PRAGMA user_version");
    boolean empty = !database.any("SELECT 1 FROM sqlite_schema");
    if (application != APPLICATION_ID && !(empty && application == 0 && found == 0)) {
      throw Failures.of(file, "is not a Sluice database: it belongs to another application");
    }
    if (found > version()) {
      throw Failures.of(
          file,
          "has layout version " + found + ", but this plugin knows no later one than " + version()
              + ": it was written by a newer release, which is needed to open it");
    }
  }

  /** Takes the steps that the file has not been through, each in a transaction of its own. */
  void migrate(Database database, Path file) throws SQLException {
    for (long version = database.number("PRAGMA user_version"); version < version(); version++) {
      database.execute("BEGIN IMMEDIATE");
      try {
        // Another process may have been faster.
        if (database.number("PRAGMA user_version") == version) {
          for (String statement : statements(steps.get((int) version))) {
            database.execute(statement);
          }
          database.execute("PRAGMA application_id=" + APPLICATION_ID);
          database.execute("PRAGMA user_version=" + (version + 1));
        }
        database.execute("COMMIT");
      } catch (SQLException | RuntimeException e) {
        throw new SQLException("layout version " + (version + 1) + " cannot be made: " + e.getMessage(), e);
      }
      LOG.info("{} has layout version {} now", file, version + 1);
    }
  }

  private static List<String> statements(String script) {
    List<String> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    for (String line : script.lines().toList()) {
      statement.append(line).append('\n');
      if (line.endsWith(";")) {
        statements.add(statement.toString());
        statement.setLength(0);
      }
    }
    return statements;
  }

  private static String resource(String name) {
    try (InputStream in = Layout.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be read", e);
    }
  }
}
