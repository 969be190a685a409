package dev.sluice.api.schema;

import io.vertx.core.json.JsonObject;

/**
 * What one field of a document may hold. Made with {@link Fields} and {@link Types}. Immutable: each call of a builder
 * method gives a new field.
 */
public sealed interface Field permits BaseField {

  /** The type in rendered schemas, such as {@code string}. */
  String type();

  /** Whether the field must have a value. */
  boolean isRequired();

  /** Whether no two entities of a workspace may have the same value. */
  boolean isUnique();

  /** Whether no two entities may have the same value, whatever their workspaces. */
  boolean isUniqueAcrossWorkspaces();

  /** Whether the gateway makes up a value when none is given. */
  boolean isAuto();

  /** The description in the form of {@code GET /schemas/{entity}}. */
  JsonObject render();
}
