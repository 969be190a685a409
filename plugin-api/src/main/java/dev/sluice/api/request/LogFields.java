package dev.sluice.api.request;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Fields that filters add to what is logged of their request. Loggers find them in the context under {@link #KEY}, in
 * the phase LOG. Of the event loop of the request.
 */
public final class LogFields {

  /** Where they are in the context. */
  public static final ContextKey<LogFields> KEY = ContextKey.of("log-fields", LogFields.class);

  private final Map<String, Object> fields = new LinkedHashMap<>();

  private LogFields() {}

  /**
   * Adds a field to what will be logged of a request.
   *
   * @param path its name; dots lead into objects
   * @param value as JSON has it, and not changed afterwards
   */
  public static void put(RequestContext context, String path, Object value) {
    LogFields all = context.get(KEY).orElseGet(() -> {
      LogFields made = new LogFields();
      context.put(KEY, made);
      return made;
    });
    all.fields.put(path, value);
  }

  /** Puts the fields into an entry, over what stands there; one whose way is barred by a plain value is left out. */
  public void addTo(JsonObject entry) {
    fields.forEach((path, value) -> {
      JsonObject holder = entry;
      int from = 0;
      for (int dot = path.indexOf('.'); dot >= 0 && holder != null; dot = path.indexOf('.', from)) {
        holder = below(holder, path.substring(from, dot));
        from = dot + 1;
      }
      if (holder != null) {
        holder.put(path.substring(from), value);
      }
    });
  }

  private static JsonObject below(JsonObject holder, String step) {
    Object found = holder.getValue(step);
    if (found == null) {
      JsonObject made = new JsonObject();
      holder.put(step, made);
      return made;
    }
    return found instanceof JsonObject json ? json : null;
  }
}
