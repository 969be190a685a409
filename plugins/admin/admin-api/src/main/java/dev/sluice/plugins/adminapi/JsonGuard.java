package dev.sluice.plugins.adminapi;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Looks through a JSON text before it is decoded: one that is nested too deeply could exhaust the stack, and of two
 * values under one name readers would disagree which one counts. Does not recurse, and leaves all else to the decoder.
 */
final class JsonGuard {

  static final int DEEPEST = 100;

  private final String text;
  /** The names of each object that is open; an array has none. */
  private final Deque<Optional<Set<String>>> open = new ArrayDeque<>();
  private int at;

  private JsonGuard(String text) {
    this.text = text;
  }

  /** Whether the text may be decoded. */
  static boolean allows(String text) {
    return new JsonGuard(text).run();
  }

  private boolean run() {
    boolean name = false;
    while (at < text.length()) {
      char c = text.charAt(at++);
      switch (c) {
        case '{', '[' -> {
          open.push(c == '{' ? Optional.of(new HashSet<>()) : Optional.empty());
          name = c == '{';
          if (open.size() > DEEPEST) {
            return false;
          }
        }
        case '}', ']' -> {
          open.poll();
          name = false;
        }
        case ',' -> name = !open.isEmpty() && open.peek().isPresent();
        case '"' -> {
          String string = string();
          if (name && !open.peek().orElseThrow().add(string)) {
            return false;
          }
          name = false;
        }
        default -> {
          // Numbers, words and spaces say nothing here.
        }
      }
    }
    return true;
  }

  /** The text up to the closing quote, its escapes resolved. */
  private String string() {
    int begin = at;
    StringBuilder resolved = null;
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c == '\\') {
        resolved = resolved == null ? new StringBuilder(text.substring(begin, at - 1)) : resolved;
        resolved.append(escaped());
      } else if (resolved != null) {
        resolved.append(c);
      }
    }
    String found = resolved == null ? text.substring(begin, Math.min(at, text.length())) : resolved.toString();
    at++;
    return found;
  }

  private String escaped() {
    char c = at < text.length() ? text.charAt(at++) : '\\';
    if (c == 'u' && at + 4 <= text.length()) {
      try {
        char code = (char) Integer.parseInt(text.substring(at, at + 4), 16);
        at += 4;
        return String.valueOf(code);
      } catch (NumberFormatException e) {
        return "u";
      }
    }
    return switch (c) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'r' -> "\r";
      case 'b' -> "\b";
      case 'f' -> "\f";
      default -> String.valueOf(c);
    };
  }
}
