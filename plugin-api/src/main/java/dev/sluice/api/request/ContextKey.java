package dev.sluice.api.request;

/**
 * A typed place in a request's context, by which filters of one plugin pass values from phase to phase. Keys compare
 * by identity: keep one in a static field.
 *
 * @param <T> the type of the value
 */
public final class ContextKey<T> {

  private final String name;
  private final Class<T> type;

  private ContextKey(String name, Class<T> type) {
    this.name = name;
    this.type = type;
  }

  /** Makes a key; the name is for people who read logs. */
  public static <T> ContextKey<T> of(String name, Class<T> type) {
    return new ContextKey<>(name, type);
  }

  /** Casts a value stored under this key. */
  public T cast(Object value) {
    return type.cast(value);
  }

  @Override
  public String toString() {
    return name;
  }
}
