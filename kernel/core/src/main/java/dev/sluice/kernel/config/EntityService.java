package dev.sluice.kernel.config;

import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Declarations;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.entity.EntityChange;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Operation;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.SchemaException;
import dev.sluice.api.schema.SchemaRun;
import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.Store;
import dev.sluice.api.store.StoreException;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.api.store.UniqueKey;
import dev.sluice.kernel.snapshot.EntityTables;
import dev.sluice.kernel.snapshot.Workspaces;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Entities for the control plane: every write validated, tried, stored and live, in this order. */
public final class EntityService implements Entities {

  private final ControlPlane plane;
  private final Clock clock;
  private final String flavor;
  private final String workspace;
  private final DeclarationService declarations;

  /**
   * Makes the door.
   *
   * @param flavor of the router, on which checks of routes depend
   */
  public EntityService(ControlPlane plane, Clock clock, String flavor) {
    this(plane, clock, flavor, Workspaces.DEFAULT_ID, new DeclarationService(plane, clock, flavor));
  }

  private EntityService(
      ControlPlane plane, Clock clock, String flavor, String workspace, DeclarationService declarations) {
    this.plane = plane;
    this.clock = clock;
    this.flavor = flavor;
    this.workspace = workspace;
    this.declarations = declarations;
  }

  @Override
  public Optional<Entities> in(String wanted) {
    EntityTables tables = plane.tables();
    return Workspaces.named(tables, wanted)
        .or(() -> Workspaces.byId(tables, wanted))
        .map(found -> new EntityService(plane, clock, flavor, found.id(), declarations));
  }

  @Override
  public String workspace() {
    return workspace;
  }

  @Override
  public Map<String, Long> counts() {
    return WorkspaceRows.counts(plane.tables(), plane.catalog().entityTypes().values(), workspace);
  }

  @Override
  public Declarations declarations() {
    return declarations.in(workspace);
  }

  /** Whole configurations, for the one who starts and ends the node. */
  public DeclarationService declarationService() {
    return declarations;
  }

  private SchemaRun run() {
    return new SchemaRun(clock, plane.registry().configs(), flavor, plane.registry().vaultConfigs());
  }

  @Override
  public Future<Optional<JsonObject>> find(EntityType<?> type, EntityKey key) {
    return guarded(() -> row(type, key).map(found -> found.map(row -> shown(type, row))));
  }

  /** A row of this workspace. */
  private Future<Optional<StoredEntity>> row(EntityType<?> type, EntityKey key) {
    return anywhere(type, key)
        .map(found -> found.filter(row -> !type.workspaced() || row.workspace().equals(workspace)));
  }

  private Future<Optional<StoredEntity>> anywhere(EntityType<?> type, EntityKey key) {
    Store store = plane.store();
    if (WorkspaceRows.isWorkspaces(type)) {
      return Future.succeededFuture(WorkspaceRows.find(plane.tables(), key));
    }
    if (key instanceof EntityKey.Id id) {
      checkKey(type, "id", id.id());
      return store.find(type.name(), id.id().toLowerCase(Locale.ROOT));
    }
    EntityKey.Unique unique = (EntityKey.Unique) key;
    checkKey(type, unique.field(), unique.value());
    boolean everywhere =
        Optional.ofNullable(type.schema().fields().get(unique.field()))
            .map(field -> field.isUniqueAcrossWorkspaces())
            .orElse(false);
    String scope = everywhere ? StoredEntity.GLOBAL : Workspaces.of(type, workspace);
    return store.findUnique(type.name(), new UniqueKey(scope, unique.field(), unique.value()));
  }

  private void checkKey(EntityType<?> type, String field, String value) {
    type.schema().violation(field, value, run()).ifPresent(
        problem -> {
          throw EntityErrors.key(field, problem);
        });
  }

  @Override
  public Future<List<JsonObject>> page(EntityType<?> type, PageQuery query) {
    PageQuery own =
        new PageQuery(
            type.name(),
            type.workspaced() ? Optional.of(query.workspace().orElse(workspace)) : Optional.empty(),
            query.reference(),
            query.tags(),
            query.tagMatch(),
            query.afterId(),
            query.limit());
    return guarded(() -> rows(type, own).map(rows -> rows.stream().map(row -> shown(type, row)).toList()));
  }

  private Future<List<StoredEntity>> rows(EntityType<?> type, PageQuery query) {
    return WorkspaceRows.isWorkspaces(type)
        ? Future.succeededFuture(WorkspaceRows.page(plane.tables(), query))
        : plane.store().page(query);
  }

  @Override
  public Future<List<Store.TagRow>> tags(Store.TagQuery query) {
    String wanted = query.workspace().isEmpty() ? workspace : query.workspace();
    return guarded(
        () ->
            tags(query, wanted)
                .compose(
                    own -> tags(query, StoredEntity.GLOBAL).map(all -> TagPages.merged(own, all, query.limit()))));
  }

  private Future<List<Store.TagRow>> tags(Store.TagQuery query, String place) {
    return plane.store().tags(new Store.TagQuery(place, query.tag(), query.after(), query.limit()));
  }

  /** A document as it is shown: one that may expire says how long it has. */
  private JsonObject shown(EntityType<?> type, StoredEntity row) {
    JsonObject document = row.document().copy();
    if (type.ttl()) {
      document.put("ttl", row.expiresAt().map(at -> Math.max(0, at - clock.millis() / 1000)).orElse(null));
    }
    return document;
  }

  @Override
  public Future<JsonObject> insert(EntityType<?> type, JsonObject body, WriteOptions options) {
    return serial(() -> write(type, body, options, Operation.INSERT, Optional.empty()))
        .recover(cause -> unlessSingle(cause, "create", type, Optional.empty()));
  }

  @Override
  public Future<JsonObject> update(EntityType<?> type, EntityKey key, JsonObject patch, WriteOptions options) {
    return serial(
        () ->
            plane
                .control()
                .here(row(type, key))
                .compose(
                    found ->
                        found.isPresent()
                            ? write(type, patch, options, Operation.UPDATE, found)
                            : Future.failedFuture(notFoundOrInvalid(type, key, patch, options))))
        .recover(cause -> unlessSingle(cause, "update", type, field(key)));
  }

  private static <T> Future<T> unlessSingle(
      Throwable cause, String verb, EntityType<?> type, Optional<String> field) {
    return Future.failedFuture(
        cause instanceof ControlPlane.SingleWrite ? EntityErrors.unsupported(verb, type.name(), field) : cause);
  }

  private static Optional<String> field(EntityKey key) {
    return key instanceof EntityKey.Unique unique ? Optional.of(unique.field()) : Optional.empty();
  }

  /** A bad body is told before a missing entity, as far as it can be judged alone. */
  private Throwable notFoundOrInvalid(EntityType<?> type, EntityKey key, JsonObject patch, WriteOptions options) {
    try {
      given(type, patch, options);
      return EntityErrors.notFound(key);
    } catch (SchemaException e) {
      return EntityErrors.schema(e);
    }
  }

  @Override
  public Future<JsonObject> upsert(EntityType<?> type, EntityKey key, JsonObject body, WriteOptions options) {
    return serial(
        () ->
            plane
                .control()
                .here(row(type, key))
                .compose(
                    found -> {
                      JsonObject whole = body.copy();
                      if (key instanceof EntityKey.Id id) {
                        whole.put("id", id.id());
                      } else {
                        EntityKey.Unique unique = (EntityKey.Unique) key;
                        whole.put(unique.field(), unique.value());
                        found.ifPresent(row -> whole.put("id", row.id()));
                      }
                      return write(type, whole, options, Operation.UPSERT, found);
                    }))
        .recover(cause -> unlessSingle(cause, "create or update", type, field(key)));
  }

  @Override
  public Future<JsonObject> validate(EntityType<?> type, JsonObject body, WriteOptions options) {
    return guarded(
        () -> {
          SchemaRun run = run();
          Schema schema = type.schema();
          JsonObject given = given(type, body, options);
          JsonObject document = schema.complete(given, Operation.INSERT, run);
          schema.validate(document, given, Operation.INSERT, run);
          JsonObject settled = schema.transform(document, given, Operation.INSERT, run);
          EntityChecks.checkAlone(plane, type, settled, flavor);
          return Future.succeededFuture(settled);
        });
  }

  private JsonObject given(EntityType<?> type, JsonObject body, WriteOptions options) {
    return options.form() ? type.schema().coerce(body, run()) : body;
  }

  private Future<JsonObject> write(
      EntityType<?> type, JsonObject body, WriteOptions options, Operation operation, Optional<StoredEntity> before) {
    if (operation != Operation.INSERT) {
      Precondition.check(type, before, options);
    }
    SchemaRun run = run();
    Schema schema = type.schema();
    Ttl ttl = Ttl.of(type, body, before, clock);
    JsonObject coerced = operation == Operation.UPDATE && options.form()
        ? schema.coerce(withDiscriminator(before, ttl.body()), run)
        : given(type, ttl.body(), options);
    JsonObject given = operation == Operation.UPDATE ? onlyGiven(coerced, ttl.body()) : coerced;
    Draft draft = new Draft(type, operation, before, ttl, Optional.empty(), options);
    if (!CertificateSnis.concern(type)) {
      return write(draft, given);
    }
    CertificateSnis snis = CertificateSnis.of(given, operation, run);
    return plane
        .control()
        .here(snis.check(plane, before.map(StoredEntity::id)))
        .compose(free -> write(draft.with(snis), snis.rest()));
  }

  /**
   * A write on its way.
   *
   * @param before the row as it is; empty when there is none
   * @param snis the names that a certificate is given; empty when it is not about that
   * @param options how it is to be written
   */
  private record Draft(
      EntityType<?> type,
      Operation operation,
      Optional<StoredEntity> before,
      Ttl ttl,
      Optional<CertificateSnis> snis,
      WriteOptions options) {

    Draft with(CertificateSnis names) {
      return new Draft(type, operation, before, ttl, Optional.of(names), options);
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private Future<JsonObject> write(Draft draft, JsonObject given) {
    EntityType<?> type = draft.type();
    Operation operation = draft.operation();
    SchemaRun run = run();
    Schema schema = type.schema();
    JsonObject completed = schema.complete(given, operation, run);
    JsonObject whole =
        operation == Operation.UPDATE ? schema.merge(draft.before().orElseThrow().document(), completed, run) : completed;
    return plane
        .control()
        .here(ForeignKeys.resolve(plane.catalog(), plane.store(), workspace, type, whole))
        .compose(
            resolved -> {
              Background.pause();
              schema.validate(resolved, given, operation, run);
              Background.pause();
              JsonObject document = schema.transform(resolved, given, operation, run);
              EntityChecks.check(plane, type, document, given, flavor);
              if (type == CoreEntities.PLUGINS && !draft.options().force()) {
                draft.before().ifPresent(row -> Objections.check(plane, row, document));
              }
              return store(draft, document);
            });
  }

  /** A patch of a plugin's config needs the plugin's name to know the types of a form's values. */
  private static JsonObject withDiscriminator(Optional<StoredEntity> before, JsonObject patch) {
    JsonObject named = patch.copy();
    for (String field : List.of("name", "protocols")) {
      if (!named.containsKey(field)) {
        before.map(row -> row.document().getValue(field)).ifPresent(value -> named.put(field, value));
      }
    }
    return named;
  }

  private static JsonObject onlyGiven(JsonObject coerced, JsonObject body) {
    JsonObject given = coerced.copy();
    given.getMap().keySet().retainAll(body.fieldNames());
    return given;
  }

  private Future<JsonObject> store(Draft draft, JsonObject document) {
    EntityType<?> type = draft.type();
    Optional<StoredEntity> before = draft.before();
    Optional<CertificateSnis> snis = draft.snis();
    String id = before.map(StoredEntity::id).orElseGet(() -> idOf(document));
    document.put("id", id);
    if (Workspaces.byId(plane.tables(), workspace).isEmpty()) {
      return Future.failedFuture(ApiError.of(404, "Not found"));
    }
    String place = Workspaces.of(type, workspace);
    if (before.isEmpty() && !plane.tables().isIn(workspace, type, id)) {
      // The ids of all workspaces are one space: what is there in another one must not be written over.
      return Future.failedFuture(EntityErrors.primaryKeyTaken(id));
    }
    RowKeys keys = RowKeys.of(type, place, document);
    ForeignKeys.check(plane.catalog(), plane.tables(), workspace, keys);
    if (WorkspaceRows.isWorkspaces(type)) {
      WorkspaceRows.checkName(document, id);
    }
    Mutation.Put put =
        new Mutation.Put(
            type.name(),
            id,
            place,
            document,
            draft.operation() == Operation.INSERT,
            keys.uniques(),
            keys.references(),
            keys.tags(),
            draft.ttl().expiresAt());
    List<Mutation> mutations = snis.map(names -> names.with(put, plane.tables())).orElse(List.of(put));
    return committed(mutations, before, draft.options().changed())
        .recover(cause -> Future.failedFuture(ControlPlane.refusal(cause, blamed(cause, mutations, put))))
        .map(
            live -> {
              StoredEntity row =
                  new StoredEntity(type.name(), id, put.workspace(), document, 0, draft.ttl().expiresAt());
              JsonObject shown = shown(type, row);
              return snis.map(names -> names.shown(shown, plane.tables())).orElse(shown);
            });
  }

  private Future<Void> committed(
      List<Mutation> mutations, Optional<StoredEntity> known, Consumer<EntityChange> changed) {
    return WriteReport.before(plane, mutations, known)
        .compose(report -> plane.commit(mutations).onSuccess(live -> report.tell(changed)));
  }

  /** Of several writes in one commit, that whose key is taken. */
  private static Mutation.Put blamed(Throwable cause, List<Mutation> mutations, Mutation.Put first) {
    if (cause instanceof StoreException.UniqueKeyTaken taken) {
      for (Mutation mutation : mutations) {
        if (mutation instanceof Mutation.Put put
            && put.type().equals(taken.type())
            && put.uniques().contains(taken.key())) {
          return put;
        }
      }
    }
    return first;
  }

  private static String idOf(JsonObject document) {
    String id = document.getString("id");
    return id == null ? UUID.randomUUID().toString() : id.toLowerCase(Locale.ROOT);
  }

  @Override
  public Future<Boolean> delete(EntityType<?> type, EntityKey key) {
    return delete(type, key, WriteOptions.JSON);
  }

  @Override
  public Future<Boolean> delete(EntityType<?> type, EntityKey key, WriteOptions options) {
    return serial(
        () ->
            plane
                .control()
                .here(row(type, key))
                .compose(
                    found -> {
                      Precondition.check(type, found, options);
                      return found.isEmpty()
                          ? Future.succeededFuture(false)
                          : delete(type, found.get(), options)
                              .map(true)
                              .recover(cause -> Future.failedFuture(ControlPlane.refusal(cause, null)));
                    }))
        .recover(cause -> unlessSingle(cause, "remove", type, field(key)));
  }

  private Future<Void> delete(EntityType<?> type, StoredEntity row, WriteOptions options) {
    if (plane.isDeclared()) {
      // Where nothing can be deleted, nothing is said of what refers to it.
      return plane.commit(List.of());
    }
    if (WorkspaceRows.isWorkspaces(type)) {
      WorkspaceRows.checkDelete(plane.tables(), plane.catalog().entityTypes().values(), row.id());
    }
    Future<Void> unused =
        CaReferences.concern(type) ? CaReferences.checkUnused(plane, row.id()) : Future.succeededFuture();
    return unused.compose(
        free ->
            committed(
                ForeignKeys.deletions(plane.catalog(), plane.tables(), type.name(), row.id()),
                Optional.of(row),
                options.changed()));
  }

  private <T> Future<T> serial(Supplier<Future<T>> operation) {
    return plane.control().serial(() -> guarded(() -> plane.decided(operation)));
  }

  /** Turns what a schema throws into Kong's refusal. */
  private static <T> Future<T> guarded(Supplier<Future<T>> operation) {
    Future<T> outcome;
    try {
      outcome = operation.get();
    } catch (RuntimeException e) {
      outcome = Future.failedFuture(e);
    }
    return outcome.recover(
        cause -> {
          if (cause instanceof SchemaException violation) {
            return Future.failedFuture(EntityErrors.schema(violation));
          }
          return Future.failedFuture(EntityErrors.settled(cause));
        });
  }
}
