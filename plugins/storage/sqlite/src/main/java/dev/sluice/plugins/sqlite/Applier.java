package dev.sluice.plugins.sqlite;

import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.Mutation.Delete;
import dev.sluice.api.store.Mutation.Put;
import dev.sluice.api.store.Reference;
import dev.sluice.api.store.StoreException;
import dev.sluice.api.store.UniqueKey;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Applies mutations inside a transaction, with the checks that a relational database would make and in its order:
 * primary key, unique keys, references.
 *
 * <p>An expired row is as good as absent, but stays where it is until it is purged: whoever wants its unique keys takes
 * them, whoever wants its id overwrites it.
 */
final class Applier {

  private static final String LIVE = "(e.expires_at IS NULL OR e.expires_at > ?)";

  private final Database database;
  private final long revision;
  private final long now;

  /**
   * Applies to one commit.
   *
   * @param revision of the commit
   * @param now in seconds since the epoch
   */
  Applier(Database database, long revision, long now) {
    this.database = database;
    this.revision = revision;
    this.now = now;
  }

  void apply(Pending.Step step) throws SQLException {
    Mutation mutation = step.mutation();
    if (mutation instanceof Put put) {
      put(put, step.document());
    } else if (mutation instanceof Delete delete) {
      delete(delete.type(), delete.id());
    }
  }

  private void put(Put put, String document) throws SQLException {
    String type = put.type();
    String id = put.id();
    Optional<Boolean> live = live(type, id);
    if (put.create() && live.orElse(false)) {
      throw new StoreException.PrimaryKeyTaken(type, id);
    }
    for (UniqueKey key : put.uniques()) {
      if (taken(type, id, key)) {
        throw new StoreException.UniqueKeyTaken(type, key);
      }
    }
    if (live.isPresent()) {
      forget(type, id);
    }
    writeRow(put, document);
    for (UniqueKey key : put.uniques()) {
      database.update(
          "INSERT OR REPLACE INTO uniques (type, workspace, field, value, id) VALUES (?, ?, ?, ?, ?)",
          type, key.workspace(), key.field(), key.value(), id);
    }
    for (Reference reference : put.references()) {
      // After the row itself, which may refer to itself.
      if (!live(reference.type(), reference.id()).orElse(false)) {
        throw new StoreException.MissingReference(reference);
      }
      database.update(
          "INSERT OR IGNORE INTO refs (parent_type, parent_id, type, field, id) VALUES (?, ?, ?, ?, ?)",
          reference.type(), reference.id(), type, reference.field(), id);
    }
    for (String tag : put.tags()) {
      database.update(
          "INSERT OR IGNORE INTO tags (workspace, tag, type, id) VALUES (?, ?, ?, ?)",
          put.workspace(), tag, type, id);
    }
    log(type, id, put.workspace(), document, put.expiresAt().orElse(null));
  }

  private void writeRow(Put put, String document) throws SQLException {
    Long expiresAt = put.expiresAt().orElse(null);
    database.update(
        """
        INSERT INTO entities (type, id, workspace, document, revision, expires_at, checksum)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (type, id) DO UPDATE SET
          workspace = ?3, document = ?4, revision = ?5, expires_at = ?6, checksum = ?7""",
        put.type(), put.id(), put.workspace(), document, revision, expiresAt,
        Checksum.ofEntity(put.type(), put.id(), put.workspace(), document, revision, expiresAt));
  }

  /** Deletes a row, expired or not, unless a live one refers to it. */
  private void delete(String type, String id) throws SQLException {
    Optional<Boolean> live = live(type, id);
    if (live.isEmpty()) {
      return;
    }
    Optional<String> referrer =
        database.first(
            "SELECT r.type FROM refs r CROSS JOIN entities e ON e.type = r.type AND e.id = r.id"
                + " WHERE r.parent_type = ?1 AND r.parent_id = ?2 AND NOT (r.type = ?1 AND r.id = ?2)"
                + " AND (e.expires_at IS NULL OR e.expires_at > ?3) ORDER BY r.type LIMIT 1",
            row -> row.getString(1), type, id, now);
    if (referrer.isEmpty()) {
      remove(type, id);
    } else if (live.get()) {
      throw new StoreException.Referenced(type, referrer.get());
    }
  }

  /** Removes a row without any check, and writes that down in the log. */
  void remove(String type, String id) throws SQLException {
    forget(type, id);
    Optional<String> workspace =
        database.first(
            "DELETE FROM entities WHERE type = ? AND id = ? RETURNING workspace", row -> row.getString(1), type, id);
    log(type, id, workspace.orElseThrow(), null, null);
  }

  /** Whether a row is not yet expired; empty when there is no row. */
  private Optional<Boolean> live(String type, String id) throws SQLException {
    return database.first(
        "SELECT " + LIVE + " FROM entities e WHERE e.type = ? AND e.id = ?",
        row -> row.getBoolean(1), now, type, id);
  }

  private boolean taken(String type, String id, UniqueKey key) throws SQLException {
    return database.any(
        "SELECT 1 FROM uniques u CROSS JOIN entities e ON e.type = u.type AND e.id = u.id"
            + " WHERE u.type = ? AND u.workspace = ? AND u.field = ? AND u.value = ? AND u.id <> ? AND " + LIVE,
        type, key.workspace(), key.field(), key.value(), id, now);
  }

  private void forget(String type, String id) throws SQLException {
    database.update("DELETE FROM uniques WHERE type = ? AND id = ?", type, id);
    database.update("DELETE FROM refs WHERE type = ? AND id = ?", type, id);
    database.update("DELETE FROM tags WHERE type = ? AND id = ?", type, id);
  }

  private void log(String type, String id, String workspace, String document, Long expiresAt) throws SQLException {
    database.update(
        "INSERT INTO log (revision, type, id, workspace, document, expires_at, checksum) VALUES (?, ?, ?, ?, ?, ?, ?)",
        revision, type, id, workspace, document, expiresAt,
        Checksum.ofChange(type, id, workspace, document, revision, expiresAt));
  }
}
