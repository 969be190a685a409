package dev.sluice.plugins.logging;

import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.Fields;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The setting {@code custom_fields_by_lua}: fields that are added to an entry, replaced or taken away. No Lua runs here:
 * what returns a constant is understood, and everything else is refused when it is written.
 */
public final class CustomFields {

  /** Adds nothing. */
  public static final CustomFields NONE = new CustomFields(List.of());

  /** The name of the setting. */
  public static final String NAME = "custom_fields_by_lua";

  private final List<Change> changes;

  private record Change(List<String> path, LuaConstant value) {}

  private CustomFields(List<Change> changes) {
    this.changes = changes;
  }

  /** The description of the setting. */
  public static Field field() {
    return Fields.map(Fields.string().lenMin(1), Fields.string().lenMin(1))
        .check(CustomFields::violation)
        .describe("Fields of the entry by their names, each with Lua code that returns its value: a constant.");
  }

  private static Optional<String> violation(JsonObject given) {
    for (String name : given.fieldNames()) {
      if (given.getValue(name) instanceof String code && LuaConstant.read(code).isEmpty()) {
        return Optional.of("'" + name + "' needs Lua, which this gateway does not run: only code that returns a"
            + " constant is taken, such as: return \"text\"");
      }
    }
    return Optional.empty();
  }

  /** Those of a valid configuration. */
  public static CustomFields of(JsonObject config) {
    JsonObject given = config.getJsonObject(NAME);
    if (given == null || given.isEmpty()) {
      return NONE;
    }
    List<Change> changes = new ArrayList<>();
    for (String name : given.fieldNames()) {
      changes.add(new Change(List.of(name.split("\\.", -1)), LuaConstant.read(given.getString(name)).orElseThrow()));
    }
    return new CustomFields(List.copyOf(changes));
  }

  void addTo(JsonObject entry) {
    for (Change change : changes) {
      JsonObject holder = entry;
      for (int i = 0; i < change.path().size() - 1 && holder != null; i++) {
        holder = below(holder, change.path().get(i));
      }
      if (holder != null) {
        change.value().into(holder, change.path().get(change.path().size() - 1));
      }
    }
  }

  /** What a step leads to; null when a value is in the way, which stays. */
  private static JsonObject below(JsonObject holder, String step) {
    Object found = holder.getValue(step);
    if (found == null) {
      holder.put(step, new JsonObject());
      return holder.getJsonObject(step);
    }
    return found instanceof JsonObject json ? json : null;
  }
}
