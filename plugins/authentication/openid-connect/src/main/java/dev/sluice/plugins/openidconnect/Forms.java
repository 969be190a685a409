package dev.sluice.plugins.openidconnect;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Arguments as forms and queries carry them. */
final class Forms {

  private Forms() {}

  static String encode(Map<String, String> arguments) {
    return arguments.entrySet().stream()
        .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** An address with more arguments. */
  static String with(String address, Map<String, String> arguments) {
    String separator = !address.contains("?") ? "?" : address.endsWith("?") || address.endsWith("&") ? "" : "&";
    return arguments.isEmpty() ? address : address + separator + encode(arguments);
  }
}
