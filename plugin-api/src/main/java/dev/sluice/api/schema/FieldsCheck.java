package dev.sluice.api.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A check that takes nothing but a list of fields. */
final class FieldsCheck extends EntityCheck {

  /** What the fields must do. */
  enum Kind {
    AT_LEAST_ONE_OF("at least one of these fields must be non-empty: "),
    ONLY_ONE_OF("exactly one of these fields must be non-empty: "),
    MUTUALLY_EXCLUSIVE("only one or none of these fields must be set: "),
    MUTUALLY_REQUIRED("all or none of these fields must be set: "),
    DISTINCT("values of these fields must be distinct: ");

    private final String message;

    Kind(String message) {
      this.message = message;
    }
  }

  private final Kind kind;
  private final List<String> fields;

  FieldsCheck(Kind kind, List<String> fields) {
    this.kind = kind;
    this.fields = List.copyOf(fields);
  }

  @Override
  void run(CheckRun run) {
    if (run.hasError(fields) || holds(run)) {
      return;
    }
    String message = kind.message + LuaText.quoted(fields);
    run.errors().addEntity(kind == Kind.AT_LEAST_ONE_OF ? run.updating(message) : message);
  }

  private boolean holds(CheckRun run) {
    long filled = fields.stream().filter(run::isNonEmpty).count();
    return switch (kind) {
      case AT_LEAST_ONE_OF -> filled > 0;
      case ONLY_ONE_OF -> filled == 1;
      case MUTUALLY_EXCLUSIVE -> filled < 2;
      case MUTUALLY_REQUIRED -> filled == 0 || filled == fields.size();
      case DISTINCT -> areDistinct(run);
    };
  }

  private boolean areDistinct(CheckRun run) {
    List<Object> seen = new ArrayList<>();
    for (String field : fields) {
      Object value = run.value(field);
      if (Values.isNonEmpty(value)) {
        if (seen.stream().anyMatch(other -> Values.same(other, value))) {
          return false;
        }
        seen.add(value);
      }
    }
    return true;
  }

  @Override
  public JsonObject render() {
    return new JsonObject().put(kind.name().toLowerCase(Locale.ROOT), new JsonArray(fields));
  }
}
