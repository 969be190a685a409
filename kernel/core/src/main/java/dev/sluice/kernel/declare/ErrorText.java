package dev.sluice.kernel.declare;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What is wrong with a document, as one line of Lua's notation or as a list for people. */
public final class ErrorText {

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private ErrorText() {}

  /** A table on one line, as Kong's messages write it. */
  static String literal(Object value) {
    List<String> entries = new ArrayList<>();
    if (value instanceof JsonObject object) {
      for (String key : object.fieldNames().stream().sorted().toList()) {
        String shown = IDENTIFIER.matcher(key).matches() ? key : "[" + quote(key) + "]";
        entries.add(shown + "=" + literal(object.getValue(key)));
      }
    } else if (value instanceof JsonArray array) {
      boolean gap = false;
      for (int i = 0; i < array.size(); i++) {
        if (array.getValue(i) == null) {
          gap = true;
        } else {
          entries.add((gap ? "[" + (i + 1) + "]=" : "") + literal(array.getValue(i)));
        }
      }
    } else {
      return value instanceof String text ? quote(text) : String.valueOf(value);
    }
    return "{" + String.join(",", entries) + "}";
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\\n") + '"';
  }

  /** Lines that lead people to each problem. */
  public static String lines(JsonObject fields) {
    List<String> lines = new ArrayList<>();
    lines(fields, "", "", lines);
    return String.join("\n", lines);
  }

  private static void lines(Object holder, String name, String indent, List<String> lines) {
    if (holder instanceof JsonObject object) {
      for (String key : object.fieldNames().stream().sorted().toList()) {
        line("in '" + key + "'", object.getValue(key), key, indent, lines);
      }
    } else if (holder instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.getValue(i) != null) {
          line("- in entry " + (i + 1) + " of '" + name + "'", array.getValue(i), name, indent, lines);
        }
      }
    }
  }

  private static void line(String where, Object problem, String name, String indent, List<String> lines) {
    boolean nested = problem instanceof JsonObject || problem instanceof JsonArray;
    lines.add(indent + where + (nested ? ":" : ": " + problem));
    lines(problem, name, indent + "  ", lines);
  }
}
