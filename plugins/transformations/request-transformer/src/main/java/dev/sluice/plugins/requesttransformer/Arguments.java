package dev.sluice.plugins.requesttransformer;

import dev.sluice.api.request.UrlEncoded;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Arguments of a query or of a form. One without an equals sign stays one. */
final class Arguments implements Target {

  private static final String HEX = "0123456789ABCDEF";

  private final Map<String, List<Optional<String>>> values = new LinkedHashMap<>();

  private Arguments() {}

  static Arguments parse(String text) {
    Arguments arguments = new Arguments();
    for (String part : text.split("&", -1)) {
      int equals = part.indexOf('=');
      if (!part.isEmpty() && equals != 0) {
        String name = UrlEncoded.decode(equals < 0 ? part : part.substring(0, equals));
        arguments.of(name).add(
            equals < 0 ? Optional.empty() : Optional.of(UrlEncoded.decode(part.substring(equals + 1))));
      }
    }
    return arguments;
  }

  private List<Optional<String>> of(String name) {
    return values.computeIfAbsent(name, absent -> new ArrayList<>(1));
  }

  /** Takes over all that others have. */
  void addAll(Arguments others) {
    others.values.forEach((name, more) -> of(name).addAll(more));
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  @Override
  public boolean has(String name) {
    return values.containsKey(name);
  }

  @Override
  public void remove(String name) {
    values.remove(name);
  }

  @Override
  public void rename(String from, String to) {
    values.put(to, values.remove(from));
  }

  @Override
  public void set(String name, String value) {
    values.put(name, new ArrayList<>(List.of(Optional.of(value))));
  }

  @Override
  public void append(String name, String value) {
    of(name).add(Optional.of(value));
  }

  String encode() {
    StringBuilder out = new StringBuilder();
    values.forEach((name, all) -> all.forEach(value -> {
      if (out.length() > 0) {
        out.append('&');
      }
      escape(name, out);
      value.ifPresent(text -> escape(text, out.append('=')));
    }));
    return out.toString();
  }

  private static void escape(String text, StringBuilder out) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
  }
}
