package dev.sluice.testkit.contract;

import dev.sluice.api.store.Mutation.Put;
import dev.sluice.api.store.Reference;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.api.store.UniqueKey;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a {@link Put} together: by default a row of {@code things} in the workspace {@code w1}, new or written over. */
public final class PutBuilder {

  /** The workspace of rows that name none. */
  public static final String WORKSPACE = "w1";

  private final String id;
  private String type = "things";
  private String workspace = WORKSPACE;
  private JsonObject document;
  private boolean create;
  private final List<UniqueKey> uniques = new ArrayList<>();
  private final List<Reference> references = new ArrayList<>();
  private final List<String> tags = new ArrayList<>();
  private Optional<Long> expiresAt = Optional.empty();

  private PutBuilder(String id) {
    this.id = id;
    this.document = new JsonObject().put("id", id);
  }

  /** Begins with the id. */
  public static PutBuilder put(String id) {
    return new PutBuilder(id);
  }

  /** The type. */
  public PutBuilder type(String name) {
    this.type = name;
    return this;
  }

  /** The row's workspace. */
  public PutBuilder workspace(String workspaceId) {
    this.workspace = workspaceId;
    return this;
  }

  /** The document. */
  public PutBuilder document(JsonObject entity) {
    this.document = entity;
    return this;
  }

  /** One more field of the document. */
  public PutBuilder field(String name, Object value) {
    document.put(name, value);
    return this;
  }

  /** The row must be new. */
  public PutBuilder create() {
    this.create = true;
    return this;
  }

  /** One more key, unique in the row's workspace. */
  public PutBuilder unique(String field, String value) {
    uniques.add(new UniqueKey(workspace, field, value));
    return this;
  }

  /** One more key, unique everywhere. */
  public PutBuilder uniqueEverywhere(String field, String value) {
    uniques.add(new UniqueKey(StoredEntity.GLOBAL, field, value));
    return this;
  }

  /** One more reference. */
  public PutBuilder refersTo(String field, String parentType, String parentId) {
    references.add(new Reference(field, parentType, parentId));
    return this;
  }

  /** More tags. */
  public PutBuilder tags(String... more) {
    tags.addAll(List.of(more));
    return this;
  }

  /** When the row expires. */
  public PutBuilder expiresAt(long seconds) {
    this.expiresAt = Optional.of(seconds);
    return this;
  }

  /** The mutation. */
  public Put build() {
    return new Put(
        type,
        id,
        workspace,
        document,
        create,
        List.copyOf(uniques),
        List.copyOf(references),
        List.copyOf(tags),
        expiresAt);
  }
}
