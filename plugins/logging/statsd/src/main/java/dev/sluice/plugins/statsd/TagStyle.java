package dev.sluice.plugins.statsd;

import dev.sluice.plugins.logging.StatLine;
import java.util.Map;
import java.util.StringJoiner;

/** How tags are written; each kind of server has its own way. */
enum TagStyle {
  /** After the value: {@code name:1|c|#tag:value}. */
  DOGSTATSD(":"),
  /** After the name: {@code name,tag=value:1|c}. */
  INFLUXDB("="),
  /** After the name: {@code name#tag=value:1|c}. */
  LIBRATO("="),
  /** After the name: {@code name[tag=value]:1|c}. */
  SIGNALFX("=");

  private final String is;

  TagStyle(String is) {
    this.is = is;
  }

  static TagStyle of(String setting) {
    return switch (setting) {
      case "dogstatsd" -> DOGSTATSD;
      case "influxdb" -> INFLUXDB;
      case "librato" -> LIBRATO;
      default -> SIGNALFX;
    };
  }

  String line(StatLine form, String name, Object value, Map<String, String> tags) {
    if (tags.isEmpty()) {
      return form.plain(name, value);
    }
    StringJoiner joined = new StringJoiner(",");
    tags.forEach((tag, text) -> joined.add(tag + is + text));
    return switch (this) {
      case DOGSTATSD -> form.plain(name, value) + "|#" + joined;
      case INFLUXDB -> form.plain(name + "," + joined, value);
      case LIBRATO -> form.plain(name + "#" + joined, value);
      case SIGNALFX -> form.plain(name + "[" + joined + "]", value);
    };
  }
}
