package dev.sluice.plugins.logging;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a piece of Lua returns that does nothing else.
 *
 * @param value a text, a number or a truth; empty for nil
 */
record LuaConstant(Optional<Object> value) {

  private static final String RETURN = "return";
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d*)?([eE][+-]?\\d{1,3})?|-?\\.\\d+");

  /** The constant that code returns; empty when it does more than that. */
  static Optional<LuaConstant> read(String code) {
    String text = code.strip();
    if (!text.startsWith(RETURN)) {
      return Optional.empty();
    }
    String rest = text.substring(RETURN.length());
    if (rest.endsWith(";")) {
      rest = rest.substring(0, rest.length() - 1);
    }
    boolean another = !rest.isEmpty() && (Character.isLetterOrDigit(rest.charAt(0)) || rest.charAt(0) == '_');
    return another ? Optional.empty() : literal(rest.strip());
  }

  private static Optional<LuaConstant> literal(String text) {
    if (text.isEmpty() || text.equals("nil")) {
      return Optional.of(new LuaConstant(Optional.empty()));
    }
    if (text.equals("true") || text.equals("false")) {
      return Optional.of(new LuaConstant(Optional.of(text.equals("true"))));
    }
    if (NUMBER.matcher(text).matches()) {
      double number = Double.parseDouble(text);
      long whole = (long) number;
      return Optional.of(new LuaConstant(Optional.of(whole == number ? (Object) whole : (Object) number)));
    }
    return text(text).map(plain -> new LuaConstant(Optional.of(plain)));
  }

  /** What stands between two quotes of the same kind, and neither of them inside. */
  private static Optional<Object> text(String text) {
    char quote = text.charAt(0);
    int last = text.length() - 1;
    if (last < 1 || quote != '"' && quote != '\'' || text.charAt(last) != quote) {
      return Optional.empty();
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 1; i < last; i++) {
      char c = text.charAt(i);
      if (c == quote || c == '\n') {
        return Optional.empty();
      }
      if (c == '\\') {
        i++;
        int at = i < last ? "nrt\\\"'".indexOf(text.charAt(i)) : -1;
        if (at < 0) {
          return Optional.empty();
        }
        c = "\n\r\t\\\"'".charAt(at);
      }
      plain.append(c);
    }
    return Optional.of(plain.toString());
  }

  /** Puts the value into an object; nil takes away what is there. */
  void into(JsonObject holder, String name) {
    if (value.isPresent()) {
      holder.put(name, value.get());
    } else {
      holder.remove(name);
    }
  }
}
