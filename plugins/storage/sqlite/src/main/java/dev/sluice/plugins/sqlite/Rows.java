package dev.sluice.plugins.sqlite;

import dev.sluice.api.store.Store.Change;
import dev.sluice.api.store.StoredEntity;
import io.vertx.core.json.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Reads rows, and refuses those that are not as they were written. */
final class Rows {

  /** The columns that {@link #entity} reads, of a table named {@code e}. */
  static final String ENTITY = "e.type, e.id, e.workspace, e.document, e.revision, e.expires_at, e.checksum";

  /** The columns that {@link #change} reads. */
  static final String CHANGE = "type, id, workspace, document, revision, expires_at, checksum";

  private Rows() {}

  static StoredEntity entity(ResultSet row) throws SQLException {
    checkEntity(row);
    return new StoredEntity(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        new JsonObject(row.getString(4)),
        row.getLong(5),
        Optional.ofNullable(expiresAt(row)));
  }

  static Change change(ResultSet row) throws SQLException {
    checkChange(row);
    return new Change(
        row.getLong(5),
        row.getString(1),
        row.getString(2),
        Optional.ofNullable(row.getString(4)).map(JsonObject::new),
        row.getString(3),
        Optional.ofNullable(expiresAt(row)));
  }

  static void checkEntity(ResultSet row) throws SQLException {
    long sum =
        Checksum.ofEntity(
            row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getLong(5), expiresAt(row));
    if (sum != row.getLong(7)) {
      throw damaged("entity", row);
    }
  }

  static void checkChange(ResultSet row) throws SQLException {
    long sum =
        Checksum.ofChange(
            row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getLong(5), expiresAt(row));
    if (sum != row.getLong(7)) {
      throw damaged("change", row);
    }
  }

  private static Long expiresAt(ResultSet row) throws SQLException {
    long expiresAt = row.getLong(6);
    return row.wasNull() ? null : expiresAt;
  }

  private static SQLException damaged(String what, ResultSet row) throws SQLException {
    return new SQLException(
        "the " + what + " " + row.getString(1) + " " + row.getString(2) + " is damaged: its checksum is wrong");
  }
}
