package dev.sluice.plugins.sqlite;

import dev.sluice.api.store.Store.TagQuery;
import dev.sluice.api.store.Store.TagRow;

/** Puts the statement of a page of tags together; it walks along the primary key from where the page begins. */
final class TagSql {

  private TagSql() {}

  static Sql of(TagQuery query, long now) {
    Sql sql =
        new Sql()
            .add("SELECT t.workspace, t.type, t.id, t.tag FROM tags t")
            .add(" CROSS JOIN entities e ON e.type = t.type AND e.id = t.id WHERE t.workspace = ?", query.workspace());
    query.tag().ifPresent(tag -> sql.add(" AND t.tag = ?", tag));
    query.after().ifPresent(last -> after(sql, query, last));
    return sql.add(" AND (e.expires_at IS NULL OR e.expires_at > ?)", now)
        .add(" ORDER BY t.tag, t.type, t.id LIMIT ?", Math.max(0, query.limit()));
  }

  private static void after(Sql sql, TagQuery query, TagRow last) {
    if (query.tag().filter(last.tag()::equals).isPresent()) {
      // Without the tag: SQLite would not look for the beginning beyond a column that is fixed already.
      sql.add(" AND (t.type, t.id) > (?, ?)", last.type(), last.id());
    } else {
      sql.add(" AND (t.tag, t.type, t.id) > (?, ?, ?)", last.tag(), last.type(), last.id());
    }
  }
}
