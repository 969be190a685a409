package dev.sluice.testkit.contract;

import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.PageQuery.TagMatch;
import dev.sluice.api.store.Reference;
import dev.sluice.api.store.Store.TagQuery;
import dev.sluice.api.store.Store.TagRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static dev.sluice.testkit.contract.PutBuilder.put;
import static org.assertj.core.api.Assertions.assertThat;

/** Pages of rows and of tags. */
abstract class StorePageContract extends StoreKeyContract {

  private static PageQuery tagged(TagMatch match, String... tags) {
    return new PageQuery(
        "things", Optional.empty(), Optional.empty(), List.of(tags), match, Optional.empty(), 100);
  }

  private static PageQuery limited(PageQuery query, int limit) {
    return new PageQuery(
        query.type(), query.workspace(), query.reference(), query.tags(), query.tagMatch(), query.afterId(), limit);
  }

  private static PageQuery in(String workspace, PageQuery query) {
    return new PageQuery(
        query.type(),
        Optional.of(workspace),
        query.reference(),
        query.tags(),
        query.tagMatch(),
        query.afterId(),
        query.limit());
  }

  private static PageQuery below(Reference reference, PageQuery query) {
    return new PageQuery(
        query.type(),
        query.workspace(),
        Optional.of(reference),
        query.tags(),
        query.tagMatch(),
        query.afterId(),
        query.limit());
  }

  @Test
  void pagesByAscendingId() {
    commit(put("c"), put("a"), put("d").workspace("w2"), put("b"), put("z").type("others"));
    PageQuery all = PageQuery.of("things", 100);
    assertThat(page(all)).containsExactly("a", "b", "c", "d");
    assertThat(page(PageQuery.of("things", 2))).containsExactly("a", "b");
    assertThat(page(PageQuery.of("things", 2).after("b"))).containsExactly("c", "d");
    assertThat(page(all.after("d"))).isEmpty();
    assertThat(page(all.after("bb"))).containsExactly("c", "d");
    assertThat(page(in("w1", all))).containsExactly("a", "b", "c");
    assertThat(page(in("w1", all).after("b"))).containsExactly("c");
    assertThat(page(in("w3", all))).isEmpty();
    assertThat(page(PageQuery.of("nothing", 10))).isEmpty();
  }

  @Test
  void pagesBelowReference() {
    commit(put("p").type("parents"), put("q").type("parents"));
    commit(
        put("c").refersTo("parent", "parents", "p").tags("x"),
        put("a").refersTo("parent", "parents", "p").workspace("w2"),
        put("b").refersTo("parent", "parents", "q").refersTo("other", "parents", "p"),
        put("d").refersTo("parent", "parents", "p").tags("x", "y"),
        put("e").type("others").refersTo("parent", "parents", "p"));
    PageQuery below = below(new Reference("parent", "parents", "p"), PageQuery.of("things", 100));
    assertThat(page(below)).containsExactly("a", "c", "d");
    assertThat(page(below.after("a"))).containsExactly("c", "d");
    assertThat(page(limited(below, 1))).containsExactly("a");
    assertThat(page(in("w1", below))).containsExactly("c", "d");
    assertThat(page(below(new Reference("other", "parents", "p"), PageQuery.of("things", 9)))).containsExactly("b");
    assertThat(page(below(new Reference("parent", "parents", "nope"), PageQuery.of("things", 9)))).isEmpty();
    assertThat(page(below(new Reference("parent", "parents", "p"), tagged(TagMatch.ALL, "x", "y"))))
        .containsExactly("d");
    assertThat(page(below(new Reference("parent", "parents", "p"), tagged(TagMatch.ANY, "x", "y"))))
        .containsExactly("c", "d");
  }

  @Test
  void pagesAreStableWhileRowsComeAndGo() {
    commit(put("b"), put("d"), put("f"), put("h"));
    PageQuery query = PageQuery.of("things", 2);
    assertThat(page(query)).containsExactly("b", "d");
    commit(new Mutation.Delete("things", "d"), put("c").build(), put("e").build());
    assertThat(page(query.after("d"))).as("the row of the offset is gone").containsExactly("e", "f");
    commit(new Mutation.Delete("things", "b"), new Mutation.Delete("things", "h"));
    assertThat(page(query.after("f"))).isEmpty();
  }

  @Test
  void filtersByTags() {
    commit(
        put("a").tags("x", "y"),
        put("b").tags("x"),
        put("c").tags("y", "z"),
        put("d"),
        put("e").tags("x", "y", "z").workspace("w2"),
        put("f").type("others").tags("x"));
    assertThat(page(tagged(TagMatch.ALL, "x"))).containsExactly("a", "b", "e");
    assertThat(page(tagged(TagMatch.ANY, "x"))).containsExactly("a", "b", "e");
    assertThat(page(tagged(TagMatch.ALL, "x", "y"))).containsExactly("a", "e");
    assertThat(page(tagged(TagMatch.ALL, "z", "x", "y"))).containsExactly("e");
    assertThat(page(tagged(TagMatch.ANY, "x", "y"))).containsExactly("a", "b", "c", "e");
    assertThat(page(tagged(TagMatch.ANY, "z", "x"))).containsExactly("a", "b", "c", "e");
    assertThat(page(tagged(TagMatch.ALL, "x", "x"))).containsExactly("a", "b", "e");
    assertThat(page(tagged(TagMatch.ALL))).containsExactly("a", "b", "c", "d", "e");
    assertThat(page(tagged(TagMatch.ANY))).containsExactly("a", "b", "c", "d", "e");
    assertThat(page(in("w1", tagged(TagMatch.ALL, "x", "y")))).containsExactly("a");
    assertThat(page(in("w2", tagged(TagMatch.ANY, "x", "y")))).containsExactly("e");

    assertThat(page(tagged(TagMatch.ALL, "X"))).isEmpty();
    assertThat(page(tagged(TagMatch.ALL, "nope"))).isEmpty();
    assertThat(page(tagged(TagMatch.ALL, "x", "nope"))).isEmpty();
    assertThat(page(tagged(TagMatch.ANY, "nope", "neither"))).isEmpty();
    assertThat(page(tagged(TagMatch.ANY, "nope", "z"))).containsExactly("c", "e");

    assertThat(page(limited(tagged(TagMatch.ANY, "x", "y"), 2))).containsExactly("a", "b");
    assertThat(page(limited(tagged(TagMatch.ANY, "x", "y"), 2).after("b"))).containsExactly("c", "e");
    assertThat(page(limited(tagged(TagMatch.ALL, "x", "y"), 1).after("a"))).containsExactly("e");
  }

  @Test
  void tagsFollowTheirRow() {
    commit(put("a").tags("x", "y"));
    commit(put("a").tags("y", "z", "z"));
    assertThat(page(tagged(TagMatch.ALL, "x"))).isEmpty();
    assertThat(page(tagged(TagMatch.ALL, "y", "z"))).containsExactly("a");
    delete("things", "a");
    assertThat(page(tagged(TagMatch.ANY, "y", "z"))).isEmpty();
    assertThat(await(store().tags(new TagQuery("w1", Optional.empty(), Optional.empty(), 10)))).isEmpty();
  }

  @Test
  void pagesTagRows() {
    commit(
        put("b").tags("y", "x"),
        put("a").tags("y"),
        put("c").type("others").tags("y"),
        put("w").workspace("w2").tags("x"));
    List<TagRow> expected =
        List.of(
            new TagRow("w1", "things", "b", "x"),
            new TagRow("w1", "others", "c", "y"),
            new TagRow("w1", "things", "a", "y"),
            new TagRow("w1", "things", "b", "y"));
    assertThat(await(store().tags(new TagQuery("w1", Optional.empty(), Optional.empty(), 10)))).isEqualTo(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(await(store().tags(new TagQuery("w1", Optional.empty(), Optional.of(expected.get(i)), 1))))
          .isEqualTo(i + 1 < expected.size() ? List.of(expected.get(i + 1)) : List.of());
    }
    assertThat(await(store().tags(new TagQuery("w1", Optional.of("y"), Optional.empty(), 2))))
        .isEqualTo(expected.subList(1, 3));
    assertThat(await(store().tags(new TagQuery("w1", Optional.of("y"), Optional.of(expected.get(2)), 2))))
        .isEqualTo(expected.subList(3, 4));
    assertThat(await(store().tags(new TagQuery("w1", Optional.of("nope"), Optional.empty(), 2)))).isEmpty();
  }

  @Test
  void walksThroughFiveThousandRows() {
    List<String> ids =
        IntStream.range(0, 5000).mapToObj(i -> new UUID(i * 0x9e3779b97f4a7c15L, i).toString()).sorted().toList();
    List<Mutation> puts = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      String id = ids.get((i * 7919) % ids.size());
      puts.add(put(id).create().unique("name", "n-" + id).tags("all", i % 2 == 0 ? "even" : "odd").build());
    }
    await(store().commit(puts));
    assertThat(walk(PageQuery.of("things", 137))).isEqualTo(ids);
    assertThat(walk(limited(tagged(TagMatch.ANY, "even", "odd"), 137))).isEqualTo(ids);
    assertThat(walk(limited(tagged(TagMatch.ALL, "all", "even"), 137))).hasSize(2500);
  }

  private List<String> walk(PageQuery first) {
    List<String> walked = new ArrayList<>();
    List<String> page = page(first);
    while (!page.isEmpty()) {
      walked.addAll(page);
      page = page(first.after(page.get(page.size() - 1)));
    }
    return walked;
  }
}
