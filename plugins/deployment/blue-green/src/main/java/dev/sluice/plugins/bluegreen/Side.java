package dev.sluice.plugins.bluegreen;

/** One of the two. */
enum Side {
  BLUE("blue"),
  GREEN("green");

  private final String text;

  Side(String text) {
    this.text = text;
  }

  static Side of(String text) {
    return text.equals(GREEN.text) ? GREEN : BLUE;
  }

  Side other() {
    return this == BLUE ? GREEN : BLUE;
  }

  @Override
  public String toString() {
    return text;
  }
}
