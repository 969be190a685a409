package dev.sluice.api.store;

/**
 * A key that only one row of a type may have.
 *
 * @param workspace in which the key is unique; {@link StoredEntity#GLOBAL} for everywhere
 * @param field the field, or several joined by commas
 * @param value the value, or several joined so that they cannot be confused
 */
public record UniqueKey(String workspace, String field, String value) {}
