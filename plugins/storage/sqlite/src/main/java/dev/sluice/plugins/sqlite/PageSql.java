package dev.sluice.plugins.sqlite;

import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.PageQuery.TagMatch;
import dev.sluice.api.store.Reference;
import java.util.List;

/**
 * Puts the statement of a page together. Whatever the filters, rows come out of an index in the order of their ids, so
 * that a page costs the same wherever it begins. CROSS JOIN keeps SQLite to the order of the tables, and the plus
 * before a column keeps it from preferring that column's index to the one that leads to the row.
 */
final class PageSql {

  private PageSql() {}

  static Sql of(PageQuery query, long now) {
    List<String> tags = query.tags().stream().distinct().toList();
    return query.tagMatch() == TagMatch.ANY && tags.size() > 1
        ? withAny(query, tags, now)
        : rows(Rows.ENTITY, query, tags, now);
  }

  /** Each tag contributes its own first rows; the first of these together are the page. */
  private static Sql withAny(PageQuery query, List<String> tags, long now) {
    Sql sql = new Sql().add("WITH ids (id) AS (");
    String or = "";
    for (String tag : tags) {
      sql.add(or + "SELECT id FROM (").add(rows("e.id", query, List.of(tag), now)).add(")");
      or = " UNION ";
    }
    return sql.add(") SELECT " + Rows.ENTITY + " FROM ids CROSS JOIN entities e ON e.type = ? AND e.id = ids.id",
            query.type())
        .add(" ORDER BY ids.id LIMIT ?", Math.max(0, query.limit()));
  }

  /** Rows with all of these tags. */
  private static Sql rows(String columns, PageQuery query, List<String> tags, long now) {
    Sql sql = new Sql().add("SELECT " + columns);
    List<String> others = tags;
    String id;
    boolean joined = query.reference().isPresent() || !tags.isEmpty();
    if (query.reference().isPresent()) {
      id = "r.id";
      Reference reference = query.reference().get();
      sql.add(" FROM refs r CROSS JOIN entities e ON e.type = r.type AND e.id = r.id")
          .add(" WHERE r.parent_type = ? AND r.parent_id = ?", reference.type(), reference.id())
          .add(" AND r.type = ? AND r.field = ?", query.type(), reference.field());
    } else if (!tags.isEmpty()) {
      id = "t.id";
      others = tags.subList(1, tags.size());
      sql.add(" FROM tags t CROSS JOIN entities e ON e.type = t.type AND e.id = t.id")
          .add(" WHERE t.type = ? AND t.tag = ?", query.type(), tags.get(0));
    } else {
      id = "e.id";
      sql.add(" FROM entities e WHERE e.type = ?", query.type());
    }
    query.workspace().ifPresent(workspace -> sql.add(" AND " + (joined ? "+" : "") + "e.workspace = ?", workspace));
    query.afterId().ifPresent(last -> sql.add(" AND " + id + " > ?", last));
    sql.add(" AND (e.expires_at IS NULL OR e.expires_at > ?)", now);
    for (String tag : others) {
      sql.add(" AND EXISTS (SELECT 1 FROM tags o WHERE o.type = e.type AND o.tag = ? AND o.id = e.id)", tag);
    }
    return sql.add(" ORDER BY " + id + " LIMIT ?", Math.max(0, query.limit()));
  }
}
