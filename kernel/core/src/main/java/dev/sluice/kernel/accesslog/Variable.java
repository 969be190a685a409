package dev.sluice.kernel.accesslog;

/**
 * What a name in a format stands for.
 *
 * @param <T> what lines are written of
 */
@FunctionalInterface
interface Variable<T> {

  /** Writes the value. */
  void write(Line line, T of);
}
