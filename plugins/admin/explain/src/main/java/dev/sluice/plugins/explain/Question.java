package dev.sluice.plugins.explain;

import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.schema.Operation;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.SchemaException;
import dev.sluice.api.schema.SchemaRun;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Map;

/** Reads what is asked. */
final class Question {

  private static final SchemaRun RUN = new SchemaRun(Clock.systemUTC(), Map.of(), "");
  private static final int SCHEMA_VIOLATION = 2;

  private Question() {}

  /** The body of a call, complete; refuses what is not as the schema says. */
  static JsonObject read(AdminCall call, Schema schema) {
    try {
      JsonObject given = call.form() ? schema.coerce(call.body(), RUN) : call.body();
      JsonObject complete = schema.complete(given, Operation.INSERT, RUN);
      schema.validate(complete, given, Operation.INSERT, RUN);
      return complete;
    } catch (SchemaException wrong) {
      throw refusal(wrong);
    }
  }

  static ApiError refusal(String field, String problem) {
    return refusal(SchemaException.of(field, problem));
  }

  private static ApiError refusal(SchemaException wrong) {
    return new ApiError(
        400,
        new JsonObject()
            .put("message", wrong.getMessage())
            .put("name", "schema violation")
            .put("fields", wrong.fields())
            .put("code", SCHEMA_VIOLATION));
  }
}
