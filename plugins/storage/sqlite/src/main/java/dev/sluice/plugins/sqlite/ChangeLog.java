package dev.sluice.plugins.sqlite;

import dev.sluice.api.store.Store.Change;
import dev.sluice.api.store.StoreException;
import java.sql.SQLException;
import java.util.List;

/**
 * The log of changes. It always holds the changes of whole revisions: all those above its floor.
 *
 * @param keptRevisions how many revisions it reaches back
 */
record ChangeLog(int keptRevisions) {

  /** However few revisions there are, no more changes than these are kept. */
  static final int MOST_CHANGES = 100_000;

  /** What was committed after a revision; inside a transaction. */
  List<Change> read(Database database, long afterRevision) throws SQLException {
    long floor = database.number("SELECT value FROM meta WHERE name = 'log_floor'");
    if (afterRevision < floor) {
      throw new StoreException.LogTruncated(floor);
    }
    return database.query(
        "SELECT " + Rows.CHANGE + " FROM log WHERE revision > ? ORDER BY revision, number",
        Rows::change, afterRevision);
  }

  /** Forgets what is too old after a commit of this revision; inside its transaction. */
  void trim(Database database, long revision) throws SQLException {
    long oversize =
        database.number(
            "SELECT revision FROM log WHERE number <= (SELECT max(number) FROM log) - ?"
                + " ORDER BY number DESC LIMIT 1",
            MOST_CHANGES);
    long floor = Math.max(oversize, revision - keptRevisions);
    if (floor > 0 && database.update("DELETE FROM log WHERE revision <= ?", floor) > 0) {
      database.update("UPDATE meta SET value = ? WHERE name = 'log_floor'", floor);
    }
  }
}
