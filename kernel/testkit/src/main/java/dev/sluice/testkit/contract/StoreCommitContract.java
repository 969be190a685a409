package dev.sluice.testkit.contract;

import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.Mutation.Delete;
import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.Store.TagQuery;
import dev.sluice.api.store.StoreException;
import dev.sluice.api.store.StoreException.PrimaryKeyTaken;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.api.store.UniqueKey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

import static dev.sluice.testkit.contract.PutBuilder.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Rows are written and deleted, and a commit is all or nothing. */
abstract class StoreCommitContract extends StoreFixture {

  @Test
  void beginsEmpty() {
    assertThat(await(store().revision())).isZero();
    assertThat(find("a")).isEmpty();
    assertThat(page(PageQuery.of("things", 10))).isEmpty();
    assertThat(await(store().changes(0))).isEmpty();
    assertThat(await(store().reachable())).isTrue();
  }

  @Test
  void createsReplacesAndDeletes() {
    assertThat(commit(put("a").create().field("n", 1))).isEqualTo(1);
    assertThat(find("a"))
        .contains(
            new StoredEntity(
                "things", "a", "w1", new JsonObject().put("id", "a").put("n", 1), 1, Optional.empty()));

    assertThat(commit(put("a").workspace("w2").field("n", 2))).isEqualTo(2);
    StoredEntity replaced = find("a").orElseThrow();
    assertThat(replaced.document().getInteger("n")).isEqualTo(2);
    assertThat(replaced.workspace()).isEqualTo("w2");
    assertThat(replaced.revision()).isEqualTo(2);

    assertThat(delete("things", "a")).isEqualTo(3);
    assertThat(find("a")).isEmpty();
    assertThat(await(store().revision())).isEqualTo(3);
  }

  @Test
  void sameIdInTwoTypesAreTwoRows() {
    commit(put("a").create().field("n", 1), put("a").type("others").create().field("n", 2));
    delete("things", "a");
    assertThat(find("a")).isEmpty();
    assertThat(await(store().find("others", "a"))).isPresent();
  }

  @Test
  void deletingWhatIsNotThereIsNoError() {
    commit(put("a"), put("b"));
    assertThat(commit(new Delete("things", "nope"), new Delete("things", "a"))).isEqualTo(2);
    assertThat(find("a")).isEmpty();
  }

  @Test
  void documentsSurviveExactly() {
    JsonObject document =
        new JsonObject()
            .put("milliseconds", 1461276890.123)
            .put("largest", 1L << 53)
            .put("smallest", -(1L << 53))
            .put("tiny", 4.9E-324)
            .put("half", 0.5)
            .put("zero", 0)
            .put("text", "ünï©ødé 😀 \"quoted\" \\ \n \t \u0001 \u0000 end")
            .put("empty", "")
            .putNull("nothing")
            .put("flag", false)
            .put("list", new JsonArray().add(1).addNull().add(new JsonArray()).add("x"))
            .put("nested", new JsonObject().put("deep", new JsonObject().put("er", 3.25)));
    commit(put("a").document(document.copy()));
    JsonObject read = find("a").orElseThrow().document();
    assertThat(read).isEqualTo(document);
    assertThat(read.getDouble("milliseconds")).isEqualTo(1461276890.123);
    assertThat(read.getLong("largest")).isEqualTo(9007199254740992L);
    assertThat(read.getLong("smallest")).isEqualTo(-9007199254740992L);
    assertThat(read.fieldNames()).containsExactlyElementsOf(document.fieldNames());
    assertThat(await(store().changes(0)).get(0).document()).contains(document);
  }

  @Test
  void largeDocumentsSurvive() {
    String text = "0123456789abcdef".repeat(64 * 1024);
    commit(put("a").field("text", text));
    assertThat(find("a").orElseThrow().document().getString("text")).isEqualTo(text);
  }

  @Test
  void documentIsTakenAsItIsWhenTheCommitIsCalled() {
    JsonObject document = new JsonObject().put("n", 1);
    Future<Long> committed = store().commit(List.of(put("a").document(document).build()));
    document.put("n", 2);
    await(committed);
    assertThat(find("a").orElseThrow().document().getInteger("n")).isEqualTo(1);
    find("a").orElseThrow().document().put("n", 3);
    assertThat(find("a").orElseThrow().document().getInteger("n")).isEqualTo(1);
  }

  @Test
  void refusesIdThatIsTaken() {
    commit(put("a").field("n", 1));
    assertThatThrownBy(() -> commit(put("a").create().field("n", 2)))
        .isInstanceOfSatisfying(
            PrimaryKeyTaken.class,
            taken -> {
              assertThat(taken.type()).isEqualTo("things");
              assertThat(taken.id()).isEqualTo("a");
            });
    assertThat(find("a").orElseThrow().document().getInteger("n")).isEqualTo(1);
  }

  @Test
  void refusesIdTakenWithinOneCommit() {
    assertThatThrownBy(() -> commit(put("a").create(), put("a").create())).isInstanceOf(PrimaryKeyTaken.class);
    assertThat(find("a")).isEmpty();
    commit(put("a").create().build(), new Delete("things", "a"), put("a").create().field("n", 2).build());
    assertThat(find("a").orElseThrow().document().getInteger("n")).isEqualTo(2);
  }

  @Test
  void appliesAllOrNothing() {
    commit(put("old").unique("name", "old").tags("t"), put("taken"));
    assertThatThrownBy(
            () ->
                commit(
                    put("new").unique("name", "new").tags("t").build(),
                    new Delete("things", "old"),
                    put("taken").create().build()))
        .isInstanceOf(PrimaryKeyTaken.class);
    assertThat(find("new")).isEmpty();
    assertThat(find("old")).isPresent();
    assertThat(await(store().findUnique("things", new UniqueKey("w1", "name", "new")))).isEmpty();
    assertThat(await(store().findUnique("things", new UniqueKey("w1", "name", "old")))).isPresent();
    assertThat(await(store().tags(new TagQuery("w1", Optional.empty(), Optional.empty(), 10))))
        .extracting(row -> row.id())
        .containsExactly("old");
    assertThat(await(store().revision())).as("a refused commit has no number").isEqualTo(1);
    assertThat(await(store().changes(1))).isEmpty();
    assertThat(commit(put("new").unique("name", "new"))).isEqualTo(2);
  }

  @Test
  void concurrentCommitsSerialise() {
    List<Future<Long>> commits = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      commits.add(store().commit(List.of(put("a" + i).build(), put("b" + i).build())));
    }
    assertThat(commits.stream().map(StoreFixture::await))
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 200).boxed().toList());
    for (int i = 0; i < 200; i++) {
      long revision = await(commits.get(i));
      assertThat(find("a" + i).orElseThrow().revision()).isEqualTo(revision);
      assertThat(find("b" + i).orElseThrow().revision()).isEqualTo(revision);
    }
  }

  @Test
  void ofConcurrentCommitsForOneKeyExactlyOneWins() {
    List<Future<Long>> commits = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      Mutation mutation = put("a" + i).create().unique("name", "same").build();
      commits.add(store().commit(List.of(put("by" + i).build(), mutation)));
    }
    int won = 0;
    for (int i = 0; i < 64; i++) {
      try {
        await(commits.get(i));
        won++;
        assertThat(find("by" + i)).isPresent();
      } catch (StoreException.UniqueKeyTaken e) {
        assertThat(find("a" + i)).isEmpty();
        assertThat(find("by" + i)).isEmpty();
      }
    }
    assertThat(won).isEqualTo(1);
    assertThat(await(store().revision())).isEqualTo(1);
  }
}
