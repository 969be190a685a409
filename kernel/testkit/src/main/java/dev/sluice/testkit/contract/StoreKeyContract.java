package dev.sluice.testkit.contract;

import dev.sluice.api.store.Mutation.Delete;
import dev.sluice.api.store.Reference;
import dev.sluice.api.store.StoreException.MissingReference;
import dev.sluice.api.store.StoreException.PrimaryKeyTaken;
import dev.sluice.api.store.StoreException.Referenced;
import dev.sluice.api.store.StoreException.UniqueKeyTaken;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.api.store.UniqueKey;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static dev.sluice.testkit.contract.PutBuilder.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Unique keys are unique, references lead somewhere. */
abstract class StoreKeyContract extends StoreCommitContract {

  private Optional<String> named(String workspace, String name) {
    return await(store().findUnique("things", new UniqueKey(workspace, "name", name))).map(StoredEntity::id);
  }

  @Test
  void findsByUniqueKey() {
    commit(put("a").unique("name", "x").unique("cache_key", "x:1"));
    assertThat(named("w1", "x")).contains("a");
    assertThat(named("w1", "X")).isEmpty();
    assertThat(named("w2", "x")).isEmpty();
    assertThat(named(StoredEntity.GLOBAL, "x")).isEmpty();
    assertThat(await(store().findUnique("others", new UniqueKey("w1", "name", "x")))).isEmpty();
    assertThat(await(store().findUnique("things", new UniqueKey("w1", "cache_key", "x:1")))).isPresent();
  }

  @Test
  void keyIsUniqueInItsWorkspace() {
    commit(put("a").unique("name", "x"));
    assertThatThrownBy(() -> commit(put("b").unique("name", "x")))
        .isInstanceOfSatisfying(
            UniqueKeyTaken.class,
            taken -> {
              assertThat(taken.type()).isEqualTo("things");
              assertThat(taken.key()).isEqualTo(new UniqueKey("w1", "name", "x"));
            });
    commit(put("b").workspace("w2").unique("name", "x"), put("c").unique("name", "X"));
    commit(put("a").type("others").unique("name", "x"));
    assertThat(named("w2", "x")).contains("b");
  }

  @Test
  void keyCanBeUniqueEverywhere() {
    commit(put("a").uniqueEverywhere("name", "x"));
    assertThatThrownBy(() -> commit(put("b").workspace("w2").uniqueEverywhere("name", "x")))
        .isInstanceOf(UniqueKeyTaken.class);
    assertThat(named(StoredEntity.GLOBAL, "x")).contains("a");
  }

  @Test
  void rowKeepsItsOwnKey() {
    commit(put("a").unique("name", "x"));
    commit(put("a").unique("name", "x").field("n", 2));
    assertThat(named("w1", "x")).contains("a");
  }

  @Test
  void keyIsFreeAfterItsRowChangedOrWent() {
    commit(put("a").unique("name", "x"));
    commit(put("a").unique("name", "y"));
    assertThat(named("w1", "x")).isEmpty();
    commit(put("b").unique("name", "x"));
    delete("things", "a");
    commit(put("c").unique("name", "y"));
    assertThat(named("w1", "y")).contains("c");
  }

  @Test
  void keyMovesBetweenRowsWithinOneCommit() {
    commit(put("a").unique("name", "x"), put("b").unique("name", "y"));
    commit(put("a").unique("name", "z"), put("b").unique("name", "x"), put("a").unique("name", "y"));
    assertThat(named("w1", "x")).contains("b");
    assertThat(named("w1", "y")).contains("a");
    assertThat(named("w1", "z")).isEmpty();

    assertThatThrownBy(() -> commit(put("a").unique("name", "x"), put("b").unique("name", "y")))
        .as("mutations are checked one after another")
        .isInstanceOf(UniqueKeyTaken.class);
    assertThat(named("w1", "x")).contains("b");

    commit(new Delete("things", "b"), put("c").unique("name", "x").build());
    assertThat(named("w1", "x")).contains("c");
  }

  @Test
  void checksThePrimaryKeyThenUniqueKeysInOrderThenReferences() {
    commit(put("a").unique("name", "x").unique("code", "1"));
    PutBuilder wrong = put("a").create().unique("name", "x").refersTo("parent", "parents", "nope");
    assertThatThrownBy(() -> commit(wrong)).isInstanceOf(PrimaryKeyTaken.class);
    assertThatThrownBy(
            () ->
                commit(put("b").create().unique("code", "1").unique("name", "x").refersTo("p", "parents", "nope")))
        .isInstanceOfSatisfying(UniqueKeyTaken.class, taken -> assertThat(taken.key().field()).isEqualTo("code"));
    assertThatThrownBy(() -> commit(put("b").create().unique("name", "x").unique("code", "1")))
        .isInstanceOfSatisfying(UniqueKeyTaken.class, taken -> assertThat(taken.key().field()).isEqualTo("name"));
  }

  @Test
  void referencesLeadToRows() {
    assertThatThrownBy(() -> commit(put("a").refersTo("parent", "parents", "p")))
        .isInstanceOfSatisfying(
            MissingReference.class,
            missing -> assertThat(missing.reference()).isEqualTo(new Reference("parent", "parents", "p")));
    assertThatThrownBy(
            () -> commit(put("a").refersTo("parent", "parents", "p"), put("p").type("parents")))
        .as("mutations are checked one after another")
        .isInstanceOf(MissingReference.class);
    commit(put("p").type("parents"), put("a").refersTo("parent", "parents", "p"));
    assertThatThrownBy(() -> commit(put("a").refersTo("parent", "things", "p"))).isInstanceOf(MissingReference.class);
    commit(put("self").refersTo("next", "things", "self"));
    delete("things", "self");
  }

  @Test
  void whatIsReferredToStays() {
    commit(put("p").type("parents"), put("q").type("parents"), put("a").refersTo("parent", "parents", "p"));
    assertThatThrownBy(() -> delete("parents", "p"))
        .isInstanceOfSatisfying(
            Referenced.class,
            referenced -> {
              assertThat(referenced.type()).isEqualTo("parents");
              assertThat(referenced.byType()).isEqualTo("things");
            });
    assertThat(await(store().find("parents", "p"))).isPresent();
    commit(put("p").type("parents").field("n", 2));
    commit(put("a").refersTo("parent", "parents", "q"));
    delete("parents", "p");
    assertThatThrownBy(() -> commit(new Delete("parents", "q"), new Delete("things", "a")))
        .isInstanceOf(Referenced.class);
    commit(new Delete("things", "a"), new Delete("parents", "q"));
    assertThat(await(store().find("parents", "q"))).isEmpty();
  }
}
