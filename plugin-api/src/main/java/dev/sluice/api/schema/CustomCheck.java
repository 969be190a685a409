package dev.sluice.api.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A check in code. */
final class CustomCheck extends EntityCheck {

  private final List<String> fields;
  private final boolean withMissing;
  private final Function<JsonObject, Optional<String>> violation;

  CustomCheck(List<String> fields, boolean withMissing, Function<JsonObject, Optional<String>> violation) {
    this.fields = List.copyOf(fields);
    this.withMissing = withMissing;
    this.violation = violation;
  }

  @Override
  void run(CheckRun run) {
    if (!run.hasError(fields)) {
      violation.apply(run.data()).ifPresent(run.errors()::addEntity);
    }
  }

  @Override
  public JsonObject render() {
    JsonObject out = new JsonObject().put("field_sources", new JsonArray(fields));
    if (withMissing) {
      out.put("run_with_missing_fields", true);
    }
    return new JsonObject().put("custom_entity_check", out);
  }
}
