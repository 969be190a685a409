package dev.sluice.testkit.contract;

import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.Mutation.Delete;
import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.Store;
import dev.sluice.api.store.Store.Change;
import dev.sluice.api.store.Store.TagQuery;
import dev.sluice.api.store.StoreException;
import dev.sluice.api.store.StoreException.LogTruncated;
import dev.sluice.api.store.StoreException.MissingReference;
import dev.sluice.api.store.StoreException.Referenced;
import dev.sluice.api.store.StoreException.UniqueKeyTaken;
import dev.sluice.api.store.UniqueKey;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static dev.sluice.testkit.contract.PutBuilder.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What every store has to keep to. The test of a store extends this, makes its factory known, and gives each test an
 * empty place.
 */
public abstract class StoreContract extends StorePageContract {

  /** For the test of a store. */
  protected StoreContract() {}

  /** Whether the log of changes is there again when a store is opened again; else it begins anew. */
  protected boolean keepsLogOverReopening() {
    return true;
  }

  private long in(int seconds) {
    return context().clock().millis() / 1000 + seconds;
  }

  private void wait(int seconds) {
    context().clock().advance(Duration.ofSeconds(seconds));
  }

  @Test
  void logsChangesOldestFirst() {
    commit(put("a").field("n", 1), put("b").workspace("w2"));
    commit(put("a").field("n", 2));
    commit(new Delete("things", "b"), new Delete("things", "nope"), put("c").build());
    JsonObject a = new JsonObject().put("id", "a");
    List<Change> all =
        List.of(
            new Change(1, "things", "a", Optional.of(a.copy().put("n", 1)), "w1", Optional.empty()),
            new Change(1, "things", "b", Optional.of(new JsonObject().put("id", "b")), "w2", Optional.empty()),
            new Change(2, "things", "a", Optional.of(a.copy().put("n", 2)), "w1", Optional.empty()),
            new Change(3, "things", "b", Optional.empty(), "w2", Optional.empty()),
            new Change(3, "things", "c", Optional.of(new JsonObject().put("id", "c")), "w1", Optional.empty()));
    assertThat(await(store().changes(0))).isEqualTo(all);
    assertThat(await(store().changes(1))).isEqualTo(all.subList(2, 5));
    assertThat(await(store().changes(2))).isEqualTo(all.subList(3, 5));
    assertThat(await(store().changes(3))).isEmpty();
  }

  @Test
  void logsWhenRowsExpire() {
    commit(put("a").expiresAt(in(50)), put("b"));
    commit(put("a"));
    assertThat(await(store().changes(0)))
        .extracting(Change::expiresAt)
        .containsExactly(Optional.of(in(50)), Optional.empty(), Optional.empty());
  }

  @Test
  void forgetsChangesThatAreTooOld() {
    keepRevisions(context(), 5);
    reopen();
    for (int i = 1; i <= 12; i++) {
      commit(put("a").field("n", i), put("b"));
    }
    assertThat(await(store().changes(7))).extracting(Change::revision).startsWith(8L).endsWith(12L).hasSize(10);
    assertThatThrownBy(() -> await(store().changes(6))).isInstanceOf(LogTruncated.class);
    assertThatThrownBy(() -> await(store().changes(0))).isInstanceOf(LogTruncated.class);
    reopen();
    assertThatThrownBy(() -> await(store().changes(6))).isInstanceOf(LogTruncated.class);
    if (keepsLogOverReopening()) {
      assertThat(await(store().changes(11))).hasSize(2);
    }
  }

  @Test
  void expiredRowsAreAbsent() {
    commit(put("a").unique("name", "x").tags("t").expiresAt(in(10)), put("b").tags("t"));
    assertThat(find("a").orElseThrow().expiresAt()).contains(in(10));
    wait(9);
    assertThat(find("a")).isPresent();
    wait(1);
    assertThat(find("a")).isEmpty();
    assertThat(await(store().findUnique("things", new UniqueKey("w1", "name", "x")))).isEmpty();
    assertThat(page(PageQuery.of("things", 1))).containsExactly("b");
    PageQuery tagged =
        new PageQuery(
            "things",
            Optional.empty(),
            Optional.empty(),
            List.of("t"),
            PageQuery.TagMatch.ALL,
            Optional.empty(),
            1);
    assertThat(page(tagged)).containsExactly("b");
    assertThat(await(store().tags(new TagQuery("w1", Optional.empty(), Optional.empty(), 1))))
        .extracting(row -> row.id())
        .containsExactly("b");
  }

  @Test
  void expiredRowsHoldNothing() {
    commit(put("a").unique("name", "x").field("n", 1).tags("t").expiresAt(in(10)));
    assertThatThrownBy(() -> commit(put("b").unique("name", "x"))).isInstanceOf(UniqueKeyTaken.class);
    wait(10);
    commit(put("b").unique("name", "x"));
    assertThat(await(store().findUnique("things", new UniqueKey("w1", "name", "x"))).orElseThrow().id())
        .isEqualTo("b");
    commit(put("a").create().field("n", 2));
    assertThat(find("a").orElseThrow().document().getInteger("n")).isEqualTo(2);
    assertThat(find("a").orElseThrow().expiresAt()).isEmpty();
    assertThat(await(store().tags(new TagQuery("w1", Optional.empty(), Optional.empty(), 9)))).isEmpty();
    assertThat(await(store().findUnique("things", new UniqueKey("w1", "name", "x"))).orElseThrow().id())
        .as("who took the key of an expired row keeps it")
        .isEqualTo("b");
  }

  @Test
  void expiredRowsNeitherReferNorAreReferredTo() {
    commit(put("p").type("parents"), put("q").type("parents").expiresAt(in(10)));
    commit(put("a").refersTo("parent", "parents", "p").expiresAt(in(10)));
    assertThatThrownBy(() -> delete("parents", "p")).isInstanceOf(Referenced.class);
    wait(10);
    delete("parents", "p");
    assertThatThrownBy(() -> commit(put("b").refersTo("parent", "parents", "q")))
        .isInstanceOf(MissingReference.class);
    assertThatThrownBy(() -> commit(put("a").refersTo("parent", "parents", "p")))
        .isInstanceOf(MissingReference.class);
  }

  @Test
  void purgesExpiredRowsAndLogsThat() {
    commit(put("a").unique("name", "x").expiresAt(in(10)), put("b").expiresAt(in(30)));
    purgeEvery(context(), Duration.ofMillis(20));
    reopen();
    assertThat(await(store().revision())).isEqualTo(1);
    wait(10);
    eventually(() -> await(store().revision()) > 1);
    assertThat(await(store().changes(1)))
        .containsExactly(new Change(2, "things", "a", Optional.empty(), "w1", Optional.empty()));
    assertThat(find("b")).isPresent();
  }

  @Test
  void whatIsStillReferredToIsPurgedLater() {
    commit(put("p").type("parents").expiresAt(in(10)), put("other").expiresAt(in(10)));
    commit(put("a").refersTo("parent", "parents", "p"));
    purgeEvery(context(), Duration.ofMillis(20));
    reopen();
    wait(10);
    eventually(() -> await(store().revision()) > 2);
    assertThat(await(store().changes(2))).extracting(Change::id).containsExactly("other");
    delete("things", "a");
    eventually(() -> await(store().revision()) > 4);
    assertThat(await(store().changes(4))).extracting(Change::id).containsExactly("p");
  }

  @Test
  void keepsEverythingOverReopening() {
    commit(put("p").type("parents"));
    commit(
        put("a").unique("name", "x").refersTo("parent", "parents", "p").tags("t").expiresAt(in(50)).field("n", 1.5));
    commit(put("b").build(), new Delete("things", "b"));
    List<Change> changes = await(store().changes(0));
    Optional<?> before = find("a");
    reopen();
    assertThat(await(store().revision())).isEqualTo(3);
    assertThat(find("a")).isEqualTo(before).isPresent();
    assertThat(find("b")).isEmpty();
    if (keepsLogOverReopening()) {
      assertThat(await(store().changes(0))).isEqualTo(changes);
    }
    assertThat(await(store().findUnique("things", new UniqueKey("w1", "name", "x")))).isPresent();
    assertThat(await(store().tags(new TagQuery("w1", Optional.of("t"), Optional.empty(), 9)))).hasSize(1);
    assertThatThrownBy(() -> delete("parents", "p")).isInstanceOf(Referenced.class);
    assertThatThrownBy(() -> commit(put("c").unique("name", "x"))).isInstanceOf(UniqueKeyTaken.class);
    assertThat(commit(put("c"))).isEqualTo(4);
  }

  @Test
  void closesAfterWhatIsUnderWay() {
    Store closing = store();
    List<Mutation> mutations = List.of(put("a").build());
    var committed = closing.commit(mutations);
    var read = closing.page(PageQuery.of("things", 10));
    var closed = closing.close();
    assertThat(await(committed)).isEqualTo(1);
    await(read);
    await(closed);
    await(closing.close());
    assertThatThrownBy(() -> await(closing.commit(mutations))).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> await(closing.find("things", "a"))).isInstanceOf(StoreException.class);
    assertThat(await(closing.reachable())).isFalse();
    reopen();
    assertThat(find("a")).isPresent();
  }
}
