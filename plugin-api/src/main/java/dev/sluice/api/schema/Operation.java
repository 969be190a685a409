package dev.sluice.api.schema;

/** What a document is validated for. */
public enum Operation {
  /** A new entity. */
  INSERT,
  /** A change of some fields. */
  UPDATE,
  /** A new entity, or one replaced as a whole. */
  UPSERT
}
