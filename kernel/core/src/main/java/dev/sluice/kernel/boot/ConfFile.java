package dev.sluice.kernel.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a file of {@code key = value} lines. A {@code #} begins a comment, {@code \#} stands for itself. */
final class ConfFile {

  private ConfFile() {}

  static Map<String, String> read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ConfigException("no file at: " + file);
    }
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  static Map<String, String> parse(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    text.lines()
        .forEach(
            line -> {
              String content = withoutComment(line);
              int equals = content.indexOf('=');
              if (equals > 0) {
                values.put(content.substring(0, equals).trim(), unquote(content.substring(equals + 1).trim()));
              }
            });
    return values;
  }

  private static String withoutComment(String line) {
    StringBuilder kept = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && i + 1 < line.length() && line.charAt(i + 1) == '#') {
        kept.append('#');
        i++;
      } else if (c == '#') {
        break;
      } else {
        kept.append(c);
      }
    }
    return kept.toString();
  }

  private static String unquote(String value) {
    boolean quoted =
        value.length() >= 2
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
