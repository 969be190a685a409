package dev.sluice.plugins.sqlite;

import dev.sluice.api.store.StoreException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections to read with. Nobody waits for one: there are as many as threads that read at once, and a few are kept
 * for the next time.
 */
final class Readers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Readers.class);
  private static final int MOST_IDLE = 4;

  private final FileIdentity identity;
  private final Deque<Database> idle = new ArrayDeque<>();
  private boolean closed;

  Readers(FileIdentity identity) {
    this.identity = identity;
  }

  /** Something that is read. */
  @FunctionalInterface
  interface Work<T> {
    T run(Database database) throws SQLException;
  }

  /** Reads; all that the work reads is of one moment. */
  <T> T read(Work<T> work) {
    Database database = null;
    try {
      database = take();
      database.update("BEGIN");
      T result = work.run(database);
      database.update("COMMIT");
      giveBack(database);
      return result;
    } catch (StoreException e) {
      closeQuietly(database);
      throw e;
    } catch (SQLException | RuntimeException e) {
      closeQuietly(database);
      throw Failures.of(identity.file(), e);
    }
  }

  private Database take() throws SQLException {
    synchronized (idle) {
      Database database = idle.poll();
      if (database != null) {
        return database;
      }
    }
    // A second file under the same name would share the write-ahead log of the first, to the ruin of both.
    identity.check();
    return Database.reader(identity.file());
  }

  private void giveBack(Database database) {
    synchronized (idle) {
      if (!closed && idle.size() < MOST_IDLE) {
        idle.push(database);
        return;
      }
    }
    closeQuietly(database);
  }

  private static void closeQuietly(Database database) {
    try {
      if (database != null) {
        database.close();
      }
    } catch (SQLException e) {
      LOG.warn("a connection did not close", e);
    }
  }

  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
      idle.forEach(Readers::closeQuietly);
      idle.clear();
    }
  }
}
