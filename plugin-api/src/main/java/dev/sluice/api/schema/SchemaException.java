package dev.sluice.api.schema;

import io.vertx.core.json.JsonObject;

/** A document breaks its schema. */
public class SchemaException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient JsonObject fields;

  /**
   * @param message in Kong's words, such as {@code schema violation (host: required field missing)}
   * @param fields what is wrong with each field, nested like the document; what concerns several fields is under
   *     {@code @entity}
   */
  public SchemaException(String message, JsonObject fields) {
    super(message, null, false, false);
    this.fields = fields;
  }

  /** An exception whose message sums up what is wrong with the fields. */
  public static SchemaException of(JsonObject fields) {
    return new SchemaException(Errors.summary(fields), fields);
  }

  /** An exception about one field. */
  public static SchemaException of(String field, String problem) {
    return of(new JsonObject().put(field, problem));
  }

  /** What is wrong with each field. */
  public JsonObject fields() {
    return fields;
  }
}
