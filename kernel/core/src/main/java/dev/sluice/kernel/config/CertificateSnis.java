package dev.sluice.kernel.config;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.entity.Sni;
import dev.sluice.api.schema.Operation;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.SchemaRun;
import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.api.store.UniqueKey;
import dev.sluice.kernel.snapshot.EntityTables;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The names that a certificate is given along with its fields: entities of their own, written in the same commit. */
final class CertificateSnis {

  private static final String FIELD = "snis";
  private static final String CERTIFICATE = "certificate";
  private static final String NAME = "name";

  private final JsonObject rest;
  private final Optional<List<String>> names;
  private final SchemaRun run;

  private CertificateSnis(JsonObject rest, Optional<List<String>> names, SchemaRun run) {
    this.rest = rest;
    this.names = names;
    this.run = run;
  }

  @SuppressWarnings("ReferenceEquality")
  static boolean concern(EntityType<?> type) {
    return type == CoreEntities.CERTIFICATES;
  }

  /**
   * Takes the names off what a client gave; without any, a new or replaced certificate has none, and a changed one
   * keeps its own.
   *
   * @throws dev.sluice.api.admin.ApiError when a name is there twice
   */
  static CertificateSnis of(JsonObject given, Operation operation, SchemaRun run) {
    Object value = given.getValue(FIELD);
    JsonObject rest = given.copy();
    List<String> names = List.of();
    if (value instanceof JsonArray list) {
      names = list.stream().map(String::valueOf).toList();
    } else if (value instanceof String text) {
      names = List.of(text.split(",", -1));
    }
    if (value == null || value instanceof JsonArray || value instanceof String) {
      rest.remove(FIELD);
    }
    TreeSet<String> sorted = new TreeSet<>();
    for (String name : names) {
      if (!sorted.add(name)) {
        throw EntityErrors.schema(FIELD, name + " is duplicated");
      }
    }
    boolean kept = operation == Operation.UPDATE && !given.containsKey(FIELD);
    return new CertificateSnis(rest, kept ? Optional.empty() : Optional.of(List.copyOf(sorted)), run);
  }

  /** What was given beside the names. */
  JsonObject rest() {
    return rest;
  }

  /** Fails when a name is none, or belongs to another certificate. */
  Future<Void> check(ControlPlane plane, Optional<String> certificate) {
    Schema schema = CoreEntities.SNIS.schema();
    Future<Void> checked = Future.succeededFuture();
    for (String name : names.orElse(List.of())) {
      checked = checked.compose(
          free -> {
            schema.violation(NAME, name, run).ifPresent(
                problem -> {
                  throw EntityErrors.key(NAME, problem);
                });
            UniqueKey key = new UniqueKey(StoredEntity.GLOBAL, NAME, name);
            return plane.store().findUnique(CoreEntities.SNIS.name(), key).map(
                found -> {
                  found.map(row -> Sni.decode(row.document()).certificateId())
                      .filter(owner -> !Optional.of(owner).equals(certificate))
                      .ifPresent(owner -> refuse(name, owner));
                  return null;
                });
          });
    }
    return checked;
  }

  private static void refuse(String name, String owner) {
    throw EntityErrors.schema(FIELD, name + " already associated with existing certificate '" + owner + "'");
  }

  /** The write of a certificate, with those of its names. */
  List<Mutation> with(Mutation.Put certificate, EntityTables tables) {
    List<Mutation> mutations = new ArrayList<>(List.of(certificate));
    if (names.isPresent()) {
      List<String> wanted = new ArrayList<>(names.get());
      for (Sni sni : tables.byReference(CoreEntities.SNIS, CERTIFICATE, certificate.id())) {
        if (!wanted.remove(sni.name())) {
          mutations.add(new Mutation.Delete(CoreEntities.SNIS.name(), sni.id()));
        }
      }
      wanted.forEach(name -> mutations.add(put(name, certificate)));
    }
    return mutations;
  }

  private Mutation.Put put(String name, Mutation.Put certificate) {
    Schema schema = CoreEntities.SNIS.schema();
    JsonObject given =
        new JsonObject().put(NAME, name).put(CERTIFICATE, new JsonObject().put("id", certificate.id()));
    JsonObject document = schema.complete(given, Operation.INSERT, run);
    schema.validate(document, given, Operation.INSERT, run);
    RowKeys keys = RowKeys.of(CoreEntities.SNIS, certificate.workspace(), document);
    return new Mutation.Put(
        CoreEntities.SNIS.name(),
        document.getString("id"),
        certificate.workspace(),
        document,
        true,
        keys.uniques(),
        keys.references(),
        keys.tags(),
        Optional.empty());
  }

  /** The written certificate with its names. */
  JsonObject shown(JsonObject certificate, EntityTables tables) {
    TreeSet<String> sorted = new TreeSet<>();
    tables.byReference(CoreEntities.SNIS, CERTIFICATE, certificate.getString("id"))
        .forEach(sni -> sorted.add(sni.name()));
    return certificate.put(FIELD, new JsonArray(new ArrayList<>(sorted)));
  }
}
