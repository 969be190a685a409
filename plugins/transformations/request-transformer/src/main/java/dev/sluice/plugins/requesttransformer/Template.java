package dev.sluice.plugins.requesttransformer;

import java.util.ArrayList;
import java.util.List;

/** A text in which {@code $(expression)} stands for a value of the request. Immutable. */
final class Template {

  private static final int MOST = 65_536;

  private final List<Object> parts;

  private Template(List<Object> parts) {
    this.parts = parts;
  }

  /**
   * Compiles a text.
   *
   * @throws IllegalArgumentException when an expression cannot be understood
   */
  static Template compile(String text) {
    List<Object> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf("$("); at >= 0; at = text.indexOf("$(", from)) {
      if (at > from) {
        parts.add(text.substring(from, at));
      }
      ExpressionParser parser = new ExpressionParser(text, at + 2);
      parts.add(parser.enclosed());
      from = parser.end();
    }
    if (from < text.length()) {
      parts.add(text.substring(from));
    }
    return new Template(List.copyOf(parts));
  }

  /** The text with values in the places of expressions; one without a value leaves nothing. */
  String render(Scope scope) {
    if (parts.size() == 1 && parts.get(0) instanceof String text) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    for (Object part : parts) {
      if (part instanceof Expression expression) {
        Object value = expression.value(scope);
        out.append(value == null || Boolean.FALSE.equals(value) ? "" : Lua.text(value));
      } else {
        out.append(part);
      }
      if (out.length() > MOST) {
        throw new IllegalStateException("a template gives more than " + MOST + " characters");
      }
    }
    return out.toString();
  }

  /** Whether an expression asks for a variable. */
  boolean refersTo(String variable) {
    return parts.stream().anyMatch(part -> part instanceof Expression expression && expression.refersTo(variable));
  }
}
