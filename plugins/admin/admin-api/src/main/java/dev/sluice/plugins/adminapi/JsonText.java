package dev.sluice.plugins.adminapi;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.Map;

/** Writes JSON as Kong does: numbers plain, with sixteen digits at most, and whole ones without a point. */
final class JsonText {

  private static final MathContext DIGITS = new MathContext(16);
  private static final int LEAST_EXPONENT = -4;

  private final StringBuilder out = new StringBuilder();

  private JsonText() {}

  static String of(Object value) {
    JsonText text = new JsonText();
    text.value(value);
    return text.out.toString();
  }

  private void value(Object value) {
    if (value instanceof JsonObject object) {
      object(object.getMap());
    } else if (value instanceof Map<?, ?> map) {
      object(map);
    } else if (value instanceof JsonArray array) {
      array(array.getList());
    } else if (value instanceof Collection<?> items) {
      array(items);
    } else if (value instanceof Number number) {
      out.append(number(number));
    } else if (value == null || value instanceof Boolean) {
      out.append(value);
    } else {
      string(String.valueOf(value));
    }
  }

  private void object(Map<?, ?> map) {
    char separator = '{';
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator);
      string(String.valueOf(entry.getKey()));
      out.append(':');
      value(entry.getValue());
      separator = ',';
    }
    out.append(separator == '{' ? "{}" : "}");
  }

  private void array(Collection<?> items) {
    char separator = '[';
    for (Object item : items) {
      out.append(separator);
      value(item);
      separator = ',';
    }
    out.append(separator == '[' ? "[]" : "]");
  }

  static String number(Number number) {
    if (number instanceof Integer || number instanceof Long) {
      return number.toString();
    }
    double value = number.doubleValue();
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "null";
    }
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (rounded.signum() == 0 || (exponent >= LEAST_EXPONENT && exponent < DIGITS.getPrecision())) {
      return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }
    String digits = rounded.unscaledValue().abs().toString();
    return (rounded.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || c == '\u007f') {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
