package dev.sluice.kernel.boot;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A known setting of a node.
 *
 * @param name as in the file
 * @param kind how its value is read
 * @param choices what an enum may be
 * @param defaultText empty for unset
 */
public record Setting(String name, Kind kind, List<String> choices, String defaultText) {

  /** All of them, by name. */
  static final Map<String, Setting> ALL = load();

  /** Prefixes under which nginx directives are injected in Kong; accepted, and ignored but for a few. */
  static final List<String> INJECTED =
      List.of(
          "nginx_admin_",
          "nginx_events_",
          "nginx_http_",
          "nginx_location_",
          "nginx_main_",
          "nginx_proxy_",
          "nginx_sproxy_",
          "nginx_status_",
          "nginx_stream_",
          "nginx_supstream_",
          "nginx_upstream_");

  /** How a value is read. */
  public enum Kind {
    /** Text. */
    STRING,
    /** on or off. */
    BOOLEAN,
    /** A number. */
    NUMBER,
    /** Texts separated by commas. */
    LIST,
    /** A file or folder. */
    PATH,
    /** Text that is never shown. */
    SECRET,
    /** One of several words. */
    ENUM
  }

  static boolean known(String name) {
    return ALL.containsKey(name) || INJECTED.stream().anyMatch(name::startsWith);
  }

  /** Checks a text against the kind, with Kong's messages. */
  void check(String text) {
    if (kind == Kind.NUMBER) {
      try {
        Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw new ConfigException(name + " is not a number: '" + text + "'");
      }
    } else if (kind == Kind.ENUM && !choices.contains(text)) {
      throw new ConfigException(
          name + " has an invalid value: '" + text + "' (" + String.join(", ", choices) + ")");
    }
  }

  private static Map<String, Setting> load() {
    Map<String, Setting> settings = new LinkedHashMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Setting.class.getResourceAsStream("settings.txt"), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          Setting setting = parse(line);
          settings.put(setting.name, setting);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(settings);
  }

  private static Setting parse(String line) {
    String[] parts = line.split(" ", 3);
    List<String> choices = new ArrayList<>();
    String kind = parts[1];
    if (kind.startsWith("enum:")) {
      choices.addAll(List.of(kind.substring(5).split("\\|", -1)));
      kind = "enum";
    }
    return new Setting(
        parts[0],
        Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
        List.copyOf(choices),
        parts.length > 2 ? parts[2].trim() : "");
  }
}
