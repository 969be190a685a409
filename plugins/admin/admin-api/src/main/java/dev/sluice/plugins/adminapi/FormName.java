package dev.sluice.plugins.adminapi;

import java.util.ArrayList;
import java.util.List;

/** The name of an argument of a form, which says where in a tree its value belongs. */
final class FormName {

  /** The step {@code []}. */
  static final Object APPEND = new Object();

  private static final int DEEPEST = 64;
  private static final int LONGEST_INDEX = 6;

  private final String name;
  private final List<Object> steps = new ArrayList<>();
  private int at;

  private FormName(String name) {
    this.name = name;
  }

  /** The way to the value: texts are keys, numbers are positions. */
  static List<Object> steps(String name) {
    if (name.startsWith(".") || name.endsWith(".")) {
      return List.of(name);
    }
    FormName parser = new FormName(name);
    return parser.parse() && parser.steps.size() <= DEEPEST ? parser.steps : List.of(name);
  }

  private boolean parse() {
    while (at < name.length()) {
      int begin = at;
      while (at < name.length() && name.charAt(at) != '.' && name.charAt(at) != '[') {
        at++;
      }
      if (at > begin) {
        steps.add(name.substring(begin, at));
      }
      while (at < name.length() && name.charAt(at) == '[') {
        int close = name.indexOf(']', at);
        if (close < 0 || steps.isEmpty()) {
          return false;
        }
        steps.add(inBrackets(name.substring(at + 1, close)));
        at = close + 1;
      }
      if (at < name.length() && name.charAt(at) != '.') {
        return false;
      }
      at++;
    }
    return !steps.isEmpty();
  }

  private static Object inBrackets(String text) {
    if (text.isEmpty()) {
      return APPEND;
    }
    boolean index = text.length() <= LONGEST_INDEX && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return index ? (Object) Integer.valueOf(text) : text;
  }
}
