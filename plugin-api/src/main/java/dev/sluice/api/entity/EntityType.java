package dev.sluice.api.entity;

import dev.sluice.api.schema.Schema;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A kind of entity. Storage, validation and the Admin API's endpoints follow from this description alone, for the
 * entities of the core as for those that a plugin brings.
 *
 * @param <E> what documents are decoded to for the request path
 */
public final class EntityType<E> {

  private final String name;
  private final String path;
  private final Schema schema;
  private final Function<JsonObject, E> decoder;
  private final Optional<String> endpointKey;
  private final Optional<String> nestedKey;
  private final boolean workspaced;
  private final boolean ttl;
  private final boolean endpoints;
  private final boolean declared;
  private final List<List<String>> uniqueSets;
  private final Map<String, String> nestedPaths;

  private EntityType(Builder<E> builder) {
    this.name = builder.name;
    this.path = builder.path;
    this.schema = builder.schema;
    this.decoder = builder.decoder;
    this.endpointKey = builder.endpointKey;
    this.nestedKey = builder.nestedKey;
    this.workspaced = builder.workspaced;
    this.ttl = builder.ttl;
    this.endpoints = builder.endpoints;
    this.declared = builder.declared;
    this.uniqueSets = List.copyOf(builder.uniqueSets);
    this.nestedPaths = Map.copyOf(builder.nestedPaths);
  }

  /**
   * Describes a type.
   *
   * @param name the name of the schema, plural, such as {@code keyauth_credentials}
   * @param decoder turns a valid document into what filters read; must not keep the document
   */
  public static <E> Builder<E> named(String name, Schema schema, Function<JsonObject, E> decoder) {
    return new Builder<>(name, schema, decoder);
  }

  /** The name of the schema, plural. */
  public String name() {
    return name;
  }

  /** The first segment of the collection's path in the Admin API, such as {@code key-auths}. */
  public String path() {
    return path;
  }

  /** The fields and checks. */
  public Schema schema() {
    return schema;
  }

  /** Decodes a valid document. */
  public E decode(JsonObject document) {
    return decoder.apply(document);
  }

  /** The unique field that may stand for the id in paths. */
  public Optional<String> endpointKey() {
    return endpointKey;
  }

  /** The field, unique among the children of one parent, that may stand for the id in paths below the parent. */
  public Optional<String> nestedKey() {
    return nestedKey;
  }

  /** Whether each entity belongs to a workspace. */
  public boolean workspaced() {
    return workspaced;
  }

  /** Whether an entity may be given a time to live. */
  public boolean ttl() {
    return ttl;
  }

  /** Whether the Admin API generates endpoints. */
  public boolean endpoints() {
    return endpoints;
  }

  /** Whether documents declare entities of this type: what they do not declare, they neither change nor delete. */
  public boolean declared() {
    return declared;
  }

  /** Sets of fields, foreign ones included, that together are unique, beside the fields that are unique alone. */
  public List<List<String>> uniqueSets() {
    return uniqueSets;
  }

  /** The path segment of the list nested below an entity of another type: that type's name → segment. */
  public String nestedPath(String parentType) {
    return nestedPaths.getOrDefault(parentType, path);
  }

  @Override
  public String toString() {
    return name;
  }

  /** Collects a description. */
  public static final class Builder<E> {
    private final String name;
    private final Schema schema;
    private final Function<JsonObject, E> decoder;
    private String path;
    private Optional<String> endpointKey = Optional.empty();
    private Optional<String> nestedKey = Optional.empty();
    private boolean workspaced = true;
    private boolean ttl;
    private boolean endpoints = true;
    private boolean declared = true;
    private final List<List<String>> uniqueSets = new ArrayList<>();
    private final Map<String, String> nestedPaths = new LinkedHashMap<>();

    private Builder(String name, Schema schema, Function<JsonObject, E> decoder) {
      this.name = name;
      this.path = name;
      this.schema = schema;
      this.decoder = decoder;
    }

    /** The collection's path, when it is not the name. */
    public Builder<E> path(String segment) {
      this.path = segment;
      return this;
    }

    /** The unique field that may stand for the id in paths. */
    public Builder<E> endpointKey(String field) {
      this.endpointKey = Optional.of(field);
      return this;
    }

    /**
     * The field that may stand for the id in paths below a parent: no two children of one parent have the same value,
     * which {@link #uniqueTogether} has to say as well.
     */
    public Builder<E> nestedKey(String field) {
      this.nestedKey = Optional.of(field);
      return this;
    }

    /** Entities of this type belong to no workspace. */
    public Builder<E> global() {
      this.workspaced = false;
      return this;
    }

    /** Entities of this type may be given a time to live. */
    public Builder<E> withTtl() {
      this.ttl = true;
      return this;
    }

    /** No endpoints are generated. */
    public Builder<E> withoutEndpoints() {
      this.endpoints = false;
      return this;
    }

    /** Entities of this type are no configuration: documents neither hold nor touch them. */
    public Builder<E> undeclared() {
      this.declared = false;
      return this;
    }

    /** These fields are unique together. */
    public Builder<E> uniqueTogether(String... fields) {
      uniqueSets.add(List.of(fields));
      return this;
    }

    /** The segment of the list nested below a parent, when it is not the collection's path. */
    public Builder<E> nestedBelow(String parentType, String segment) {
      nestedPaths.put(parentType, segment);
      return this;
    }

    /** The finished description. */
    public EntityType<E> build() {
      return new EntityType<>(this);
    }
  }
}
