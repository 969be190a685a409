package dev.sluice.plugins.sqlite;

import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.PageQuery.TagMatch;
import dev.sluice.api.store.Reference;
import dev.sluice.api.store.Store.TagQuery;
import dev.sluice.api.store.Store.TagRow;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** No page may cost more the further on it begins: SQLite's planner decides that, so its plans are looked at. */
class QueryPlanTest {

  @TempDir Path prefix;

  private Database database;

  @BeforeEach
  void open() throws SQLException {
    OpenStore.in(prefix).close();
    database = Database.reader(prefix.resolve("sluice.db"));
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  private List<String> plan(Sql sql) throws SQLException {
    return database.query("EXPLAIN QUERY PLAN " + sql.text(), row -> row.getString(4), sql.arguments());
  }

  @Test
  void pagesAreFoundThroughIndexes() throws SQLException {
    for (String workspace : new String[] {null, "w1"}) {
      for (Reference reference : new Reference[] {null, new Reference("parent", "parents", "p")}) {
        for (List<String> tags : List.of(List.<String>of(), List.of("x"), List.of("x", "y", "z"))) {
          for (TagMatch match : TagMatch.values()) {
            for (String after : new String[] {null, "8"}) {
              check(
                  new PageQuery(
                      "things",
                      Optional.ofNullable(workspace),
                      Optional.ofNullable(reference),
                      tags,
                      match,
                      Optional.ofNullable(after),
                      100));
            }
          }
        }
      }
    }
  }

  private void check(PageQuery query) throws SQLException {
    List<String> plan = plan(PageSql.of(query, 1));
    boolean joined = query.reference().isPresent() || !query.tags().isEmpty();
    assertThat(plan).as("%s", query).noneMatch(step -> step.matches("SCAN [etro]( .*)?"));
    if (query.tagMatch() == TagMatch.ALL || query.tags().size() < 2) {
      assertThat(plan).as("%s", query).noneMatch(step -> step.startsWith("USE TEMP B-TREE"));
    }
    if (joined) {
      assertThat(plan)
          .as("%s", query)
          .filteredOn(step -> step.startsWith("SEARCH e "))
          .isNotEmpty()
          .allMatch(step -> step.endsWith("(type=? AND id=?)"));
    }
    String begins = query.afterId().isPresent() ? ".*AND id>\\?\\)" : ".*\\(.*=\\?\\)";
    assertThat(plan).as("%s", query).anyMatch(step -> step.matches("SEARCH [etr] " + begins));
  }

  @Test
  void tagsAreFoundThroughTheirKey() throws SQLException {
    TagRow last = new TagRow("w1", "things", "a", "x");
    assertThat(plan(TagSql.of(new TagQuery("w1", Optional.empty(), Optional.of(last), 9), 1)))
        .first()
        .isEqualTo("SEARCH t USING PRIMARY KEY (workspace=? AND (tag,type,id)>(?,?,?))");
    assertThat(plan(TagSql.of(new TagQuery("w1", Optional.of("x"), Optional.of(last), 9), 1)))
        .first()
        .isEqualTo("SEARCH t USING PRIMARY KEY (workspace=? AND tag=? AND (type,id)>(?,?))");
    assertThat(plan(TagSql.of(new TagQuery("w1", Optional.of("x"), Optional.of(last), 9), 1)))
        .doesNotContain("USE TEMP B-TREE FOR ORDER BY");
  }
}
