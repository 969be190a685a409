package dev.sluice.api.store;

/**
 * A key that only one row of a type may have.
 *
 * @param workspace in which the key is unique; {@link StoredEntity#GLOBAL} for everywhere
 * @param field the field, or several joined by commas
 * @param value the value, or several joined so that they cannot be confused
 */
public record UniqueKey(String workspace, String field, String value) {

  private static final char SEPARATOR = '\u001f';

  /**
   * Joins the values of fields that are unique together, as they are looked up by the names of the fields with commas
   * between.
   *
   * @param values in the order of the fields; empty for one that is null
   */
  public static String together(Iterable<String> values) {
    StringBuilder joined = new StringBuilder();
    values.forEach(value -> joined.append(value).append(SEPARATOR));
    return joined.toString();
  }
}
