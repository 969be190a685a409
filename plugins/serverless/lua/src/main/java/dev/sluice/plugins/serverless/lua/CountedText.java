package dev.sluice.plugins.serverless.lua;

/** A text that costs units to be looked at: a search may come back to the same characters for each match anew. */
final class CountedText implements CharSequence {

  private final String text;
  private final Guard guard;
  private final int units;

  /**
   * Wraps a text.
   *
   * @param units for each look at a character
   */
  CountedText(String text, Guard guard, int units) {
    this.text = text;
    this.guard = guard;
    this.units = units;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    guard.charge(units);
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
