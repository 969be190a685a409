package dev.sluice.kernel.accesslog;

import java.util.ArrayList;
import java.util.List;

/** Takes the arguments of a directive apart as nginx does: words, and texts in quotes with a few escapes. */
final class Words {

  private Words() {}

  static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c)) {
        i++;
      } else if (c == '\'' || c == '"') {
        StringBuilder word = new StringBuilder();
        i = quoted(text, i + 1, c, word);
        words.add(word.toString());
      } else {
        int start = i;
        while (i < text.length() && !Character.isWhitespace(text.charAt(i))) {
          i++;
        }
        words.add(text.substring(start, i));
      }
    }
    return words;
  }

  private static int quoted(String text, int from, char quote, StringBuilder word) {
    int i = from;
    while (i < text.length() && text.charAt(i) != quote) {
      char c = text.charAt(i++);
      if (c == '\\' && i < text.length()) {
        escaped(text.charAt(i++), word);
      } else {
        word.append(c);
      }
    }
    if (i == text.length()) {
      throw new IllegalArgumentException("unexpected end of file, expecting " + quote);
    }
    return i + 1;
  }

  private static void escaped(char c, StringBuilder word) {
    switch (c) {
      case '"', '\'', '\\' -> word.append(c);
      case 't' -> word.append('\t');
      case 'r' -> word.append('\r');
      case 'n' -> word.append('\n');
      default -> word.append('\\').append(c);
    }
  }
}
