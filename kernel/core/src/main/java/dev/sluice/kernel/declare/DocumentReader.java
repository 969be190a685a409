package dev.sluice.kernel.declare;

import dev.sluice.api.Catalog;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Operation;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.SchemaException;
import dev.sluice.api.schema.SchemaRun;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Reads documents: finds their entities, gives them ids, follows references, and has all judged by the schemas. */
public final class DocumentReader {

  private static final long MOST_SECONDS = 100_000_000;

  private final List<EntityType<?>> types;
  private final String workspace;
  private final SchemaRun run;
  private final BiFunction<EntityType<?>, JsonObject, Optional<String>> known;
  private final BiFunction<EntityType<?>, JsonObject, Optional<JsonObject>> further;

  /**
   * Makes a reader.
   *
   * @param workspace the id of the workspace that documents are for
   * @param known the id of an entity that exists and has one of the unique keys of a document
   * @param further what else is wrong with a valid entity, by field
   */
  public DocumentReader(
      Catalog catalog,
      String workspace,
      SchemaRun run,
      BiFunction<EntityType<?>, JsonObject, Optional<String>> known,
      BiFunction<EntityType<?>, JsonObject, Optional<JsonObject>> further) {
    this.types = TypeOrder.parentsFirst(catalog);
    this.workspace = workspace;
    this.run = run;
    this.known = known;
    this.further = further;
  }

  /**
   * Reads a document.
   *
   * @param flatten whether the refusal lists what is wrong by entity
   * @throws ApiError with all that is wrong
   */
  public Declared read(JsonObject document, boolean flatten) {
    JsonObject newest = PathMigration.toNewest(document);
    ErrorTree errors = new ErrorTree();
    Outline outline = new Outline(types, errors).read(newest);
    Ids ids = new Ids(workspace);
    outline.items().forEach(item -> item.id(explicit(item).orElseGet(() -> ids.of(item))));
    References references = new References(outline.items());
    boolean transform = !Boolean.FALSE.equals(newest.getValue("_transform"));
    List<Declared.Row> rows = new ArrayList<>();
    List<Item> read = new ArrayList<>();
    for (EntityType<?> type : types) {
      for (Item item : outline.items()) {
        if (item.type().name().equals(type.name())) {
          row(item, references, transform, errors).ifPresent(row -> {
            rows.add(row);
            read.add(item);
          });
        }
      }
    }
    if (errors.isEmpty()) {
      Uniqueness.check(rows, read, errors);
      references.dangling(errors);
    }
    if (!errors.isEmpty()) {
      throw flatten
          ? FlatErrors.of(outline.items(), types, errors.root())
          : DocumentErrors.of(errors.root());
    }
    return new Declared(List.copyOf(rows));
  }

  private static Optional<String> explicit(Item item) {
    return item.text("id").map(Ids::normal);
  }

  private Optional<Declared.Row> row(Item item, References references, boolean transform, ErrorTree errors) {
    Schema schema = item.type().schema();
    JsonObject given = references.resolve(item, errors);
    Optional<Long> ttl = Optional.empty();
    if (item.type().ttl() && given.containsKey("ttl")) {
      Object seconds = given.remove("ttl");
      if (seconds instanceof Number number && number.longValue() >= 0 && number.longValue() <= MOST_SECONDS) {
        ttl = Optional.of(number.longValue());
      } else if (seconds != null) {
        List<Object> place = new ArrayList<>(item.place());
        place.add("ttl");
        errors.put(place, "must be an integer between 0 and " + MOST_SECONDS);
      }
    }
    try {
      JsonObject completed = schema.complete(given, Operation.INSERT, run);
      boolean named = item.own().getValue("id") != null;
      if (!named) {
        known.apply(item.type(), completed).ifPresent(item::id);
      }
      if (!named || explicit(item).isPresent()) {
        completed.put("id", item.id());
      }
      schema.validate(completed, given, Operation.INSERT, run);
      JsonObject document =
          transform ? schema.transform(completed, given, Operation.INSERT, run) : schema.settle(completed, run);
      Optional<JsonObject> problem = further.apply(item.type(), document);
      if (problem.isPresent()) {
        errors.put(item.place(), problem.get());
        return Optional.empty();
      }
      return Optional.of(
          new Declared.Row(item.type(), item.id(), document, Set.copyOf(given.fieldNames()), ttl));
    } catch (SchemaException e) {
      errors.put(item.place(), e.fields());
      return Optional.empty();
    }
  }
}
