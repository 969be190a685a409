package dev.sluice.plugins.logging;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a piece of Lua returns that does nothing else.
 *
 * @param value a text, a number or a truth; empty for nil
 */
record LuaConstant(Optional<Object> value) {

  private static final Pattern RETURN = Pattern.compile("\\s*return\\b\\s*(.*?)\\s*;?\\s*", Pattern.DOTALL);
  private static final Pattern NUMBER = Pattern.compile("-?(\\d+)(\\.\\d*)?([eE][+-]?\\d{1,3})?|-?\\.\\d+");
  private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"|'((?:[^'\\\\\\n]|\\\\.)*)'");

  /** The constant that code returns; empty when it does more than that. */
  static Optional<LuaConstant> read(String code) {
    Matcher matcher = RETURN.matcher(code);
    return matcher.matches() ? literal(matcher.group(1)) : Optional.empty();
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
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String inside = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    return unescape(inside).map(plain -> new LuaConstant(Optional.of(plain)));
  }

  private static Optional<Object> unescape(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
        int at = "nrt\\\"'".indexOf(text.charAt(i));
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
