package dev.sluice.api.schema;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * One validation, in the eyes of the checks.
 *
 * @param data the document, complete
 * @param set the fields that it has
 * @param errors what is wrong so far; checks add to it
 * @param pass the walk
 */
record CheckRun(JsonObject data, FieldSet set, Errors errors, Pass pass) {

  Object value(String path) {
    return Values.at(data, path);
  }

  boolean isNonEmpty(String path) {
    return Values.isNonEmpty(value(path));
  }

  boolean hasError(List<String> paths) {
    return paths.stream().anyMatch(errors::has);
  }

  /** A message of a kind that says so when it is about an update. */
  String updating(String message) {
    return pass.isUpdate() ? "when updating, " + message : message;
  }
}
