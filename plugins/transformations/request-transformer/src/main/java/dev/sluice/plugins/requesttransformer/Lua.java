package dev.sluice.plugins.requesttransformer;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Values as Lua has them, so far as templates need it. */
final class Lua {

  private Lua() {}

  static boolean truth(Object value) {
    return value != null && !Boolean.FALSE.equals(value);
  }

  /** A value as a text. */
  static String text(Object value) {
    if (value instanceof Double number) {
      return number == Math.rint(number) && Math.abs(number) < 1e15
          ? Long.toString(number.longValue())
          : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
    if (value instanceof Scope.Table) {
      throw new IllegalStateException("a template gives a table, not a text");
    }
    return value == null ? "nil" : value.toString();
  }

  /** A value as a number. */
  static Double number(Object value) {
    Object number = toNumber(value);
    if (number instanceof Double known) {
      return known;
    }
    throw new IllegalStateException("attempt to perform arithmetic on a " + type(value) + " value");
  }

  static Object toNumber(Object value) {
    if (value instanceof String text) {
      try {
        return Double.valueOf(text.trim());
      } catch (NumberFormatException none) {
        return null;
      }
    }
    return value instanceof Double ? value : null;
  }

  static String type(Object value) {
    if (value == null) {
      return "nil";
    }
    return value instanceof String ? "string"
        : value instanceof Double ? "number" : value instanceof Boolean ? "boolean" : "table";
  }

  /** What stands under a key; asking what has no fields is an error, as in Lua. */
  static Object index(Object table, Object key) {
    if (table instanceof Scope.Table known) {
      return known.get(key);
    }
    if (table instanceof String) {
      return null;
    }
    throw new IllegalStateException("attempt to index a " + type(table) + " value");
  }

  /** The functions that templates may call. */
  static Object call(String name, List<Object> arguments) {
    Object first = arguments.isEmpty() ? null : arguments.get(0);
    return switch (name) {
      case "tostring" -> text(first);
      case "tonumber" -> toNumber(first);
      case "type" -> type(first);
      case "lower", "string.lower" -> string(first).toLowerCase(Locale.ROOT);
      case "upper", "string.upper" -> string(first).toUpperCase(Locale.ROOT);
      case "len", "string.len" -> (double) string(first).length();
      case "reverse", "string.reverse" -> new StringBuilder(string(first)).reverse().toString();
      case "sub", "string.sub" -> sub(string(first), arguments);
      default -> throw new IllegalStateException("attempt to call " + name);
    };
  }

  /** Whether {@link #call} knows a function of a name. */
  static boolean knows(String name) {
    return switch (name) {
      case "tostring", "tonumber", "type", "lower", "string.lower", "upper", "string.upper", "len", "string.len",
          "reverse", "string.reverse", "sub", "string.sub" -> true;
      default -> false;
    };
  }

  private static String string(Object value) {
    if (value instanceof String || value instanceof Double) {
      return text(value);
    }
    throw new IllegalStateException("string expected, got " + type(value));
  }

  private static String sub(String text, List<Object> arguments) {
    int length = text.length();
    double from = arguments.size() > 1 ? number(arguments.get(1)) : 1;
    double to = arguments.size() > 2 ? number(arguments.get(2)) : -1;
    int start = (int) Math.max(1, from < 0 ? length + from + 1 : from);
    int end = (int) Math.min(length, to < 0 ? length + to + 1 : to);
    return start > end ? "" : text.substring(start - 1, end);
  }
}
