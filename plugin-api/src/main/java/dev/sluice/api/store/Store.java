package dev.sluice.api.store;

import dev.sluice.api.Registration;
import dev.sluice.api.entity.Declaration;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Where entities are kept. A store knows documents, their unique keys, references, tags and expiry; it knows no schema.
 *
 * <p>All methods may be called from any thread, do not block, and fail their future with a {@link StoreException}.
 */
public interface Store {

  /**
   * Opens the store and brings its own layout up to date; one with {@link #migrations} fails with
   * {@link StoreException.Unprepared} instead. An open that has failed may be tried again.
   */
  Future<Void> open();

  /** The number of the last commit; 0 when there was none. */
  Future<Long> revision();

  /**
   * Applies all mutations or none. When the future succeeds they survive the death of the process and of the machine.
   * Unique keys, references and the existence of rows are checked by the store itself, in the order of the mutations.
   *
   * @return the number of the commit
   */
  Future<Long> commit(List<Mutation> mutations);

  /**
   * As {@link #commit(List)}, for mutations that were decided on rows as they were at a revision: fails with {@link
   * StoreException.Changed} when one of the rows to be written or deleted was written or deleted after it. A store that
   * is not {@link #shared} has one writer and need not look.
   *
   * @param basis a revision of this store
   */
  default Future<Long> commit(List<Mutation> mutations, long basis) {
    return commit(mutations);
  }

  /** One row by type and id. An expired row is absent. */
  Future<Optional<StoredEntity>> find(String type, String id);

  /** One row by one of its unique keys. */
  Future<Optional<StoredEntity>> findUnique(String type, UniqueKey key);

  /** A page of rows, by ascending id. */
  Future<List<StoredEntity>> page(PageQuery query);

  /** A page of tags, by ascending tag, then type, then id. */
  Future<List<TagRow>> tags(TagQuery query);

  /**
   * What other nodes, or this one, have committed after a revision, oldest first. A store whose log does not reach
   * back that far fails with {@link StoreException.LogTruncated}: read everything anew.
   */
  Future<List<Change>> changes(long afterRevision);

  /** Whether the store answers now; for {@code /status}. */
  Future<Boolean> reachable();

  /** Whether other nodes may commit to it, so that somebody has to look at {@link #changes}; from the beginning. */
  default boolean shared() {
    return false;
  }

  /**
   * Has a listener told that something was committed, here or elsewhere. It may be told of nothing, late, or not at
   * all: whoever has to know looks from time to time as well.
   *
   * @param changed gets the number of a commit; called on any thread, must not block
   */
  default Registration follow(LongConsumer changed) {
    return () -> {};
  }

  /** How its layout is brought up to date when it does not do that by itself; before {@link #open}. */
  default Optional<Migrations> migrations() {
    return Optional.empty();
  }

  /**
   * Whether the node has no database: entities change only by declarations, which the kernel turns into commits, and
   * single writes are refused.
   */
  default boolean declared() {
    return false;
  }

  /** What the node is to begin with in the place of the rows that are there; read anew by each call. */
  default Future<Optional<Declaration>> declaration() {
    return Future.succeededFuture(Optional.empty());
  }

  /** Numbers that the nodes of this store share; none when there is no other node, or no place for them. */
  default Optional<SharedCounters> counters() {
    return Optional.empty();
  }

  /** Closes the store after what is under way. */
  Future<Void> close();

  /**
   * A row of a {@code /tags} list.
   *
   * @param workspace the row's workspace
   * @param type the type of the tagged entity
   * @param id its id
   * @param tag the tag
   */
  record TagRow(String workspace, String type, String id, String tag) {}

  /**
   * Asks for tags.
   *
   * @param workspace the workspace
   * @param tag only this tag, when present
   * @param after the last row of the page before
   * @param limit at most so many
   */
  record TagQuery(String workspace, Optional<String> tag, Optional<TagRow> after, int limit) {}

  /**
   * One change of the log.
   *
   * @param revision of the commit
   * @param type of the entity
   * @param id of the entity
   * @param document the new document; empty when the entity was deleted
   * @param workspace the workspace of the entity
   * @param expiresAt of the entity, in seconds since the epoch
   */
  record Change(
      long revision,
      String type,
      String id,
      Optional<JsonObject> document,
      String workspace,
      Optional<Long> expiresAt) {}
}
