package dev.sluice.api;

/**
 * The level of the node's log, by Kong's names: {@code debug}, {@code info}, {@code notice}, {@code warn},
 * {@code error}, {@code crit}, {@code alert} and {@code emerg}. Safe for all threads.
 */
public interface LogLevel {

  /** The level now. */
  String get();

  /**
   * Changes the level, until it is changed again or the node's settings are read anew.
   *
   * @throws IllegalArgumentException for another name
   */
  void set(String level);
}
