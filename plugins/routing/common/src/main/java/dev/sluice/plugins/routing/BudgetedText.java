package dev.sluice.plugins.routing;

/** A text that can be read only so often. Of one thread. */
final class BudgetedText implements CharSequence {

  /** Two milliseconds or so; an honest expression reads each character a few times. */
  static final int READS = 100_000;

  private final String text;
  private long left;

  BudgetedText(String text) {
    this(text, READS);
  }

  BudgetedText(String text, long reads) {
    this.text = text;
    this.left = reads;
  }

  @Override
  public char charAt(int index) {
    if (--left < 0) {
      throw new SpentException();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }

  /** The budget is spent. It has no stack trace, so it costs next to nothing. */
  static final class SpentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SpentException() {
      super("the expression read its input too often", null, false, false);
    }
  }
}
