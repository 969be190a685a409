package dev.sluice.kernel.config;

import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Declaration;
import dev.sluice.api.entity.Declarations;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.SchemaRun;
import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.Store;
import dev.sluice.api.store.StoreException;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.kernel.declare.Declared;
import dev.sluice.kernel.declare.DocumentErrors;
import dev.sluice.kernel.declare.DocumentReader;
import dev.sluice.kernel.declare.DocumentWriter;
import dev.sluice.kernel.declare.TypeOrder;
import dev.sluice.kernel.snapshot.Workspaces;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whole configurations: read, judged, compared with what serves, and applied in one commit and one snapshot. */
public final class DeclarationService implements Declarations {

  /** A row beside the entities that says what was applied last; only stores without a database have it. */
  private static final String TYPE = "declaration";

  private static final String ID = "current";

  private final ControlPlane plane;
  private final Clock clock;
  private final String flavor;
  private volatile String hash = Declaration.NO_HASH;

  DeclarationService(ControlPlane plane, Clock clock, String flavor) {
    this.plane = plane;
    this.clock = clock;
    this.flavor = flavor;
  }

  /** Declarations of a workspace, by its id. */
  Declarations in(String workspace) {
    return workspace.equals(Workspaces.DEFAULT_ID) ? this : new WorkspaceDeclarations(this, workspace);
  }

  @Override
  public boolean only() {
    return plane.isDeclared();
  }

  @Override
  public String hash() {
    return hash;
  }

  /** Begins with what the store says to begin with, or else with what is in it. To be called inside an operation. */
  public Future<Void> begin() {
    if (!only()) {
      return Future.succeededFuture();
    }
    Store store = plane.store();
    return plane
        .control()
        .here(store.declaration())
        .compose(
            given ->
                given.isPresent()
                    ? applied(given.get(), Options.WHOLE).mapEmpty()
                    : plane.control().here(store.find(TYPE, ID)).map(this::remember));
  }

  /** Begins anew with what the store says to begin with, when it says anything. */
  public Future<Void> again() {
    return plane
        .control()
        .serial(
            () ->
                only()
                    ? plane.control().here(plane.store().declaration()).compose(
                        given ->
                            given.isPresent()
                                ? applied(given.get(), Options.WHOLE).mapEmpty()
                                : Future.succeededFuture())
                    : Future.succeededFuture());
  }

  private Void remember(Optional<StoredEntity> row) {
    hash = row.map(found -> found.document().getString("hash")).orElse(Declaration.NO_HASH);
    return null;
  }

  @Override
  public Future<Outcome> apply(Declaration declaration, Options options) {
    return apply(declaration, options, Workspaces.DEFAULT_ID);
  }

  Future<Outcome> apply(Declaration declaration, Options options, String workspace) {
    return plane
        .control()
        .serial(() -> plane.decided(() -> applied(declaration, options, workspace)))
        .recover(cause -> Future.failedFuture(EntityErrors.settled(cause)));
  }

  private Future<Outcome> applied(Declaration declaration, Options options) {
    return applied(declaration, options, Workspaces.DEFAULT_ID);
  }

  private Future<Outcome> applied(Declaration declaration, Options options, String workspace) {
    List<EntityType<?>> types = TypeOrder.parentsFirst(plane.catalog());
    return StoredRows.read(plane, types, workspace)
        .compose(
            stored -> {
              Declared declared = reader(stored, workspace).read(declaration.document(), options.flatten());
              WholeChange change =
                  new WholeChange(types, workspace, stored, declared, options.keep(), clock.millis() / 1000);
              List<Mutation> mutations = new ArrayList<>(change.mutations());
              if (only()) {
                mutations.add(row(declaration.hash()));
              }
              return plane.commitWhole(mutations, options.dry()).map(done -> {
                if (!options.dry()) {
                  hash = workspace.equals(Workspaces.DEFAULT_ID) ? declaration.hash() : hash;
                  change.tell(options.changed());
                }
                return change.outcome();
              });
            })
        .recover(cause -> Future.failedFuture(refusal(cause)));
  }

  /** With a database an entity without an id is the one that has its name. */
  private DocumentReader reader(StoredRows stored, String workspace) {
    SchemaRun run = new SchemaRun(clock, plane.registry().configs(), flavor, plane.registry().vaultConfigs());
    boolean database = !only();
    return new DocumentReader(
        plane.catalog(),
        workspace,
        run,
        (type, document) -> database ? stored.idOf(type, document) : Optional.empty(),
        (type, document) -> displaced(type, document, stored, workspace).or(() -> further(type, document)));
  }

  /** What belongs to no workspace is not a workspace's to declare, and what another one has stays there. */
  private static Optional<JsonObject> displaced(
      EntityType<?> type, JsonObject document, StoredRows stored, String workspace) {
    if (!type.workspaced() && !workspace.equals(Workspaces.DEFAULT_ID)) {
      return Optional.of(
          new JsonObject().put("@entity", new JsonArray().add("belongs to no workspace: declare it in the default one")));
    }
    return stored.elsewhere(type, document.getString("id"))
        ? Optional.of(new JsonObject().put("id", "an entity of another workspace has it"))
        : Optional.empty();
  }

  @SuppressWarnings("ReferenceEquality")
  private Optional<JsonObject> further(EntityType<?> type, JsonObject document) {
    return type == CoreEntities.ROUTES ? EntityChecks.routeProblem(plane, document, flavor) : Optional.empty();
  }

  private static Mutation.Put row(String hash) {
    return new Mutation.Put(
        TYPE,
        ID,
        StoredEntity.GLOBAL,
        new JsonObject().put("id", ID).put("hash", hash),
        false,
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  private static Throwable refusal(Throwable cause) {
    if (cause instanceof StoreException.UniqueKeyTaken taken) {
      String message = "uniqueness violation: '" + taken.type() + "' entity with " + taken.key().field() + " set to '"
          + taken.key().value() + "' already declared";
      return DocumentErrors.of(new JsonObject().put(taken.type(), new JsonArray().add(message)));
    }
    return cause instanceof ApiError ? cause : ControlPlane.refusal(cause, null);
  }

  @Override
  public Future<JsonObject> export() {
    return export(Workspaces.DEFAULT_ID);
  }

  Future<JsonObject> export(String workspace) {
    return plane
        .control()
        .serial(
            () -> {
              List<EntityType<?>> types = TypeOrder.parentsFirst(plane.catalog());
              long now = clock.millis() / 1000;
              return StoredRows.read(plane, types, workspace)
                  .map(
                      stored -> {
                        DocumentWriter writer = new DocumentWriter();
                        for (EntityType<?> type : types) {
                          for (StoredEntity row : stored.all(type)) {
                            writer.add(type, row.document(), row.expiresAt().map(at -> Math.max(1, at - now)));
                          }
                        }
                        return writer.document();
                      });
            });
  }
}
