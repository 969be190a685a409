package dev.sluice.api.request;

import java.util.Map;

/**
 * Values that filters of different jars leave for each other during a request: what scripts know as
 * {@code kong.ctx.shared}. A value is a {@code String}, a number, a {@code Boolean}, a {@code Buffer} for bytes that are
 * no text, or a {@code Map} or {@code List} of such. Of the event loop of the request.
 */
public final class SharedValues {

  /** Where they are in the context. */
  public static final ContextKey<SharedValues> KEY = ContextKey.of("shared-values", SharedValues.class);

  private Map<String, Object> values = Map.of();
  private long version;

  private SharedValues() {}

  /** Those of a request, made when they are first asked for. */
  public static SharedValues of(RequestContext context) {
    return context.get(KEY).orElseGet(() -> {
      SharedValues made = new SharedValues();
      context.put(KEY, made);
      return made;
    });
  }

  /** All of them, by name; not to be changed. */
  public Map<String, Object> all() {
    return values;
  }

  /** Counts the changes, from 0. */
  public long version() {
    return version;
  }

  /** Puts others in their place. */
  public void replace(Map<String, Object> others) {
    values = Map.copyOf(others);
    version++;
  }
}
