package dev.sluice.api.request;

/** What may stand in a header line: nothing that could begin another one. */
public final class HeaderText {

  private HeaderText() {}

  /** Whether a text can be the name of a header. */
  public static boolean isName(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 127 || c == ':') {
        return false;
      }
    }
    return text.length() > 0;
  }

  /** Whether a text can be the value of a header: it holds no control character but tabs. */
  public static boolean isValue(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\t' || c == 127) {
        return false;
      }
    }
    return true;
  }
}
