package dev.sluice.plugins.sqlite;

import dev.sluice.api.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one connection that writes. For one thread at a time. */
final class Writer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final int PURGE_BATCH = 500;

  private final Path file;
  private final FileIdentity identity;
  private final ChangeLog log;
  private final Clock clock;
  private Database database;

  /** Writes to a file through a connection that it takes over. */
  Writer(FileIdentity identity, ChangeLog log, Clock clock, Database database) {
    this.file = identity.file();
    this.identity = identity;
    this.log = log;
    this.clock = clock;
    this.database = database;
  }

  /**
   * Commits a group: each of its members stands or falls alone, but the disk is waited for once. All are done when this
   * returns.
   */
  void commit(List<Pending> group) {
    long last;
    try {
      last = begin();
    } catch (SQLException | RuntimeException e) {
      StoreException failure = abandon(e);
      group.forEach(pending -> pending.fail(failure));
      return;
    }
    try {
      List<Runnable> outcomes = new ArrayList<>();
      finish(last, applyAll(group, last, outcomes));
      // Not before the disk has them: when the group fails as a whole, its refusals may have been wrong as well.
      outcomes.forEach(Runnable::run);
    } catch (SQLException | RuntimeException e) {
      StoreException failure = abandon(e);
      if (group.size() == 1) {
        group.get(0).fail(failure);
      } else {
        // One member, too large for the disk perhaps, took the others along.
        group.forEach(pending -> commit(List.of(pending)));
      }
    }
  }

  /** Removes expired rows; at most so many that nobody has to wait for long. Returns whether there are more. */
  boolean purge() {
    try {
      long last = begin();
      long now = now();
      List<String[]> expired =
          database.query(
              """
              SELECT e.type, e.id FROM entities e WHERE e.expires_at <= ?1 AND NOT EXISTS (
                SELECT 1 FROM refs r CROSS JOIN entities c ON c.type = r.type AND c.id = r.id
                WHERE r.parent_type = e.type AND r.parent_id = e.id AND NOT (r.type = e.type AND r.id = e.id)
                  AND (c.expires_at IS NULL OR c.expires_at > ?1))
              ORDER BY e.expires_at LIMIT ?2""",
              row -> new String[] {row.getString(1), row.getString(2)}, now, PURGE_BATCH);
      Applier applier = new Applier(database, last + 1, now);
      for (String[] row : expired) {
        applier.remove(row[0], row[1]);
      }
      finish(last, expired.isEmpty() ? last : last + 1);
      return expired.size() == PURGE_BATCH;
    } catch (SQLException | RuntimeException e) {
      throw abandon(e);
    }
  }

  /** Begins a transaction; returns the number of the last commit. */
  private long begin() throws SQLException {
    identity.check();
    if (database == null) {
      database = Database.writer(file);
    }
    database.update("BEGIN IMMEDIATE");
    return Queries.revision(database);
  }

  /** Applies what can be applied; returns the number of the last commit. */
  private long applyAll(List<Pending> group, long last, List<Runnable> outcomes) throws SQLException {
    long revision = last;
    long now = now();
    for (Pending pending : group) {
      database.update("SAVEPOINT member");
      try {
        Applier applier = new Applier(database, revision + 1, now);
        for (Pending.Step step : pending.steps()) {
          applier.apply(step);
        }
        long number = ++revision;
        outcomes.add(() -> pending.succeed(number));
      } catch (RuntimeException e) {
        database.update("ROLLBACK TO member");
        outcomes.add(() -> pending.fail(Failures.of(file, e)));
      }
      database.update("RELEASE member");
    }
    return revision;
  }

  private void finish(long last, long revision) throws SQLException {
    if (revision > last) {
      database.update("UPDATE meta SET value = ? WHERE name = 'revision'", revision);
      log.trim(database, revision);
    }
    database.update("COMMIT");
  }

  /** After a failure the connection is of no use any more. */
  private StoreException abandon(Exception cause) {
    closeQuietly();
    StoreException failure = Failures.of(file, cause);
    LOG.error("a write failed: {}", failure.getMessage());
    return failure;
  }

  private long now() {
    return Math.floorDiv(clock.millis(), 1000L);
  }

  private void closeQuietly() {
    if (database != null) {
      try {
        database.close();
      } catch (SQLException e) {
        LOG.warn("a connection to {} did not close", file, e);
      }
      database = null;
    }
  }

  /** Moves what is in the write-ahead log to the database and closes the connection. */
  @Override
  public void close() {
    if (database != null) {
      try {
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      } catch (SQLException e) {
        LOG.warn("the write-ahead log of {} stays: {}", file, e.getMessage());
      }
    }
    closeQuietly();
  }
}
