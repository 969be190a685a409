package dev.sluice.api.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values in Lua's notation, in which messages of the Admin API show them. */
final class LuaText {

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern LONG_BRACKET = Pattern.compile("([\\[\\]])(=*)\\1");
  private static final Set<String> KEYWORDS = Set.of(
      "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "if", "in", "local", "nil", "not",
      "or", "repeat", "return", "then", "true", "until", "while");

  private LuaText() {}

  /** A scalar as it appears in a sentence. */
  static String show(Object value) {
    if (value instanceof Number number) {
      return Values.isWhole(number) && Math.abs(number.doubleValue()) < 1e15
          ? String.valueOf(number.longValue())
          : new BigDecimal(number.toString(), new MathContext(14)).stripTrailingZeros().toPlainString();
    }
    return value == null ? "null" : String.valueOf(value);
  }

  /** {@code 'a', 'b'}. */
  static String quoted(Collection<String> names) {
    return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
  }

  /** A tree over several lines. */
  static String pretty(Object tree) {
    StringBuilder out = new StringBuilder();
    write(tree, "", out);
    return out.toString();
  }

  private static void write(Object tree, String indent, StringBuilder out) {
    if (tree instanceof JsonObject object) {
      List<String> entries = new ArrayList<>();
      for (String key : object.fieldNames().stream().sorted().toList()) {
        entries.add(entry(key(key) + " = ", object.getValue(key), indent + "  "));
      }
      table(entries, indent, out);
    } else if (tree instanceof JsonArray array) {
      List<String> entries = new ArrayList<>();
      boolean gap = false;
      for (int i = 0; i < array.size(); i++) {
        if (array.getValue(i) == null) {
          gap = true;
        } else {
          entries.add(entry(gap ? "[" + (i + 1) + "] = " : "", array.getValue(i), indent + "  "));
        }
      }
      table(entries, indent, out);
    } else {
      out.append(tree instanceof String text ? quote(text) : show(tree));
    }
  }

  private static String entry(String key, Object value, String indent) {
    StringBuilder out = new StringBuilder(indent).append(key);
    write(value, indent, out);
    return out.toString();
  }

  private static void table(List<String> entries, String indent, StringBuilder out) {
    out.append("{\n").append(String.join(",\n", entries)).append('\n').append(indent).append('}');
  }

  private static String key(String key) {
    if (IDENTIFIER.matcher(key).matches() && !KEYWORDS.contains(key)) {
      return key;
    }
    String quoted = quote(key);
    return "[" + (quoted.startsWith("[") ? " " + quoted + " " : quoted) + "]";
  }

  private static String quote(String text) {
    int level = -1;
    // A bracket at the end would run into the closing one.
    Matcher brackets = LONG_BRACKET.matcher(text + "]");
    for (int from = 0; brackets.find(from); from = brackets.end() - 1) {
      level = Math.max(level, brackets.group(2).length());
    }
    if ((text.contains("\n") || level >= 0) && !text.contains("\r")) {
      String equals = "=".repeat(level + 1);
      return "[" + equals + "[" + (text.startsWith("\n") ? "\n" : "") + text + "]" + equals + "]";
    }
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\\n").replace("\r", "\\r") + "\"";
  }
}
