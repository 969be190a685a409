package dev.sluice.plugins.postgres;

import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.PageQuery.TagMatch;
import dev.sluice.api.store.Reference;
import dev.sluice.api.store.Store.TagQuery;
import dev.sluice.api.store.Store.TagRow;
import dev.sluice.api.store.UniqueKey;
import java.util.List;

/** What is read. A time is always in seconds since the epoch: rows that expire then or before are absent. */
final class Queries {

  static final String REVISION = "SELECT revision FROM sluice_meta";

  /** One statement sees one state of the database: the log and what it says of itself fit together. */
  static final String CHANGES =
      "SELECT m.database_id, m.revision, m.log_floor, l.revision, l.type, l.id, l.document, l.workspace, l.expires_at"
          + " FROM sluice_meta m LEFT JOIN sluice_log l ON l.revision > $1 ORDER BY l.revision, l.number";

  private static final String ENTITY =
      "SELECT e.type, e.id, e.workspace, e.document, e.revision, e.expires_at";
  private static final String LIVE = " AND (e.expires_at IS NULL OR e.expires_at > ?)";

  private Queries() {}

  static Sql find(String type, String id, long now) {
    return new Sql()
        .add(ENTITY + " FROM sluice_entities e WHERE e.type = ? AND e.id = ?", Texts.stored(type), Texts.stored(id))
        .add(LIVE, now);
  }

  static Sql findUnique(String type, UniqueKey key, long now) {
    return new Sql()
        .add(ENTITY + " FROM sluice_uniques u JOIN sluice_entities e ON e.type = u.type AND e.id = u.id")
        .add(" WHERE u.type = ? AND u.workspace = ?", Texts.stored(type), Texts.stored(key.workspace()))
        .add(" AND u.field = ? AND u.value = ?", Texts.stored(key.field()), Texts.key(key.value()))
        .add(LIVE, now);
  }

  /** Rows come out of an index in the order of their ids, so that a page costs the same wherever it begins. */
  static Sql page(PageQuery query, long now) {
    List<String> tags = query.tags().stream().distinct().map(Texts::stored).toList();
    String type = Texts.stored(query.type());
    Sql sql = new Sql().add(ENTITY);
    String id;
    if (query.reference().isPresent()) {
      Reference reference = query.reference().get();
      id = "r.id";
      sql.add(" FROM sluice_refs r JOIN sluice_entities e ON e.type = r.type AND e.id = r.id")
          .add(" WHERE r.parent_type = ?", Texts.stored(reference.type()))
          .add(" AND r.parent_id = ?", Texts.stored(reference.id()))
          .add(" AND r.type = ? AND r.field = ?", type, Texts.stored(reference.field()));
    } else {
      id = "e.id";
      sql.add(" FROM sluice_entities e WHERE e.type = ?", type);
    }
    query.workspace().ifPresent(workspace -> sql.add(" AND e.workspace = ?", Texts.stored(workspace)));
    if (!tags.isEmpty() && query.tagMatch() == TagMatch.ANY) {
      sql.add(" AND e.id IN (SELECT t.id FROM sluice_tags t WHERE t.type = ?", type)
          .add(" AND t.tag = ANY (?))", (Object) tags.toArray(String[]::new));
    } else {
      tags.forEach(
          tag -> sql.add(" AND e.id IN (SELECT t.id FROM sluice_tags t WHERE t.type = ? AND t.tag = ?)", type, tag));
    }
    query.afterId().ifPresent(last -> sql.add(" AND " + id + " > ?", Texts.stored(last)));
    return sql.add(LIVE, now).add(" ORDER BY " + id + " LIMIT ?", (long) Math.max(0, query.limit()));
  }

  static Sql tags(TagQuery query, long now) {
    Sql sql =
        new Sql()
            .add("SELECT t.workspace, t.type, t.id, t.tag FROM sluice_tags t")
            .add(" JOIN sluice_entities e ON e.type = t.type AND e.id = t.id")
            .add(" WHERE t.workspace = ?", Texts.stored(query.workspace()));
    query.tag().ifPresent(tag -> sql.add(" AND t.tag = ?", Texts.stored(tag)));
    query.after().ifPresent(last -> after(sql, last));
    return sql.add(LIVE, now).add(" ORDER BY t.tag, t.type, t.id LIMIT ?", (long) Math.max(0, query.limit()));
  }

  private static void after(Sql sql, TagRow last) {
    sql.add(
        " AND (t.tag, t.type, t.id) > (?, ?, ?)",
        Texts.stored(last.tag()), Texts.stored(last.type()), Texts.stored(last.id()));
  }
}
