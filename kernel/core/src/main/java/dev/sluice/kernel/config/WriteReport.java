package dev.sluice.kernel.config;

import dev.sluice.api.entity.EntityChange;
import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.StoredEntity;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a commit changes, for whoever wants to be told once it is live. Lives on the control thread. */
final class WriteReport {

  private final List<EntityChange> changes = new ArrayList<>();

  private WriteReport() {}

  /**
   * Reads what is there before a commit.
   *
   * @param known rows that need not be read again
   */
  static Future<WriteReport> before(ControlPlane plane, List<Mutation> mutations, Optional<StoredEntity> known) {
    WriteReport report = new WriteReport();
    Future<Void> read = Future.succeededFuture();
    for (int i = 0; i < mutations.size(); i++) {
      Mutation mutation = mutations.get(i);
      // The entity itself comes first, and its row, or that there is none, is known.
      Future<Optional<StoredEntity>> row =
          i == 0 && mutation instanceof Mutation.Put || known.filter(entity -> of(mutation, entity)).isPresent()
              ? Future.succeededFuture(known)
              : null;
      read =
          read.compose(
                  done ->
                      row == null ? plane.control().here(plane.store().find(mutation.type(), mutation.id())) : row)
              .map(
                  found -> {
                    report.add(mutation, found);
                    return null;
                  });
    }
    return read.map(report);
  }

  private static boolean of(Mutation mutation, StoredEntity row) {
    return row.type().equals(mutation.type()) && row.id().equals(mutation.id());
  }

  private void add(Mutation mutation, Optional<StoredEntity> row) {
    Optional<JsonObject> after =
        mutation instanceof Mutation.Put put ? Optional.of(put.document()) : Optional.empty();
    changes.add(new EntityChange(mutation.type(), mutation.id(), row.map(StoredEntity::document), after));
  }

  /** Tells of each entity in the order of the commit. */
  void tell(Consumer<EntityChange> listener) {
    changes.forEach(listener);
  }
}
