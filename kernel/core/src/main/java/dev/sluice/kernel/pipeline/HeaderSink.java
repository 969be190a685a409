package dev.sluice.kernel.pipeline;

/** Takes header lines, whatever it keeps them in. */
interface HeaderSink {

  /** Puts a line in the place of all of its name. */
  void set(CharSequence name, CharSequence value);
}
