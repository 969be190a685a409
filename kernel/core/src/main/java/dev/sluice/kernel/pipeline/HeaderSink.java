package dev.sluice.kernel.pipeline;

import io.vertx.core.MultiMap;

/** Takes header lines, whatever it keeps them in. */
interface HeaderSink {

  /** Puts a line in the place of all of its name. */
  void set(CharSequence name, CharSequence value);

  /** Adds a line. */
  void add(CharSequence name, CharSequence value);

  /** Takes all lines of a name away. */
  void remove(CharSequence name);

  /** A table of Vert.x. */
  static HeaderSink of(MultiMap table) {
    return new HeaderSink() {
      @Override
      public void set(CharSequence name, CharSequence value) {
        table.set(name, value);
      }

      @Override
      public void add(CharSequence name, CharSequence value) {
        table.add(name, value);
      }

      @Override
      public void remove(CharSequence name) {
        table.remove(name);
      }
    };
  }
}
