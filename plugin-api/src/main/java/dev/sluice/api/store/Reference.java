package dev.sluice.api.store;

/**
 * A reference from one row to another.
 *
 * @param field that holds it
 * @param type of the row referred to
 * @param id of the row referred to
 */
public record Reference(String field, String type, String id) {}
