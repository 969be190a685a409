package dev.sluice.kernel.pipeline;

/** Texts of small numbers, made once. */
final class Numbers {

  private static final String[] SMALL = new String[256];

  static {
    for (int i = 0; i < SMALL.length; i++) {
      SMALL[i] = Integer.toString(i);
    }
  }

  private Numbers() {}

  static String text(long number) {
    return number >= 0 && number < SMALL.length ? SMALL[(int) number] : Long.toString(number);
  }
}
