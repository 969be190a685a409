package dev.sluice.plugins.sqlite;

import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.Store.TagQuery;
import dev.sluice.api.store.Store.TagRow;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.api.store.UniqueKey;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What is read. A time is always in seconds since the epoch: rows that expire then or before are absent. */
final class Queries {

  private Queries() {}

  static long revision(Database database) throws SQLException {
    return database.number("SELECT value FROM meta WHERE name = 'revision'");
  }

  static Optional<StoredEntity> find(Database database, String type, String id, long now) throws SQLException {
    return database.first(
        "SELECT " + Rows.ENTITY + " FROM entities e WHERE e.type = ? AND e.id = ?"
            + " AND (e.expires_at IS NULL OR e.expires_at > ?)",
        Rows::entity, type, id, now);
  }

  static Optional<StoredEntity> findUnique(Database database, String type, UniqueKey key, long now)
      throws SQLException {
    return database.first(
        "SELECT " + Rows.ENTITY + " FROM uniques u CROSS JOIN entities e ON e.type = u.type AND e.id = u.id"
            + " WHERE u.type = ? AND u.workspace = ? AND u.field = ? AND u.value = ?"
            + " AND (e.expires_at IS NULL OR e.expires_at > ?)",
        Rows::entity, type, key.workspace(), key.field(), key.value(), now);
  }

  static List<StoredEntity> page(Database database, PageQuery query, long now) throws SQLException {
    Sql sql = PageSql.of(query, now);
    return database.query(sql.text(), Rows::entity, sql.arguments());
  }

  static List<TagRow> tags(Database database, TagQuery query, long now) throws SQLException {
    Sql sql = TagSql.of(query, now);
    return database.query(
        sql.text(),
        row -> new TagRow(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
        sql.arguments());
  }
}
