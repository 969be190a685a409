package dev.sluice.plugins.requesttransformer;

/** What the variables of templates stand for: a {@link String}, {@link Double}, {@link Boolean}, table, or null. */
@FunctionalInterface
interface Scope {

  /** The value of a variable; null when it has none. */
  Object variable(String name);

  /** Something that is asked by key. */
  @FunctionalInterface
  interface Table {
    /** The value under a key; null when there is none. */
    Object get(Object key);
  }
}
