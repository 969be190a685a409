package dev.sluice.kernel.accesslog;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where lines go and in which format, as the directive {@code access_log} of nginx has it.
 *
 * @param path absolute
 * @param format of the lines
 * @param <T> what lines are written of
 */
public record LogTarget<T>(String path, LogFormat<T> format) {

  /**
   * Reads a setting.
   *
   * @param text {@code off}, or a path and perhaps the name of a format
   * @param prefix what a path without a slash at its beginning is below of
   * @param usual the format when none is named
   * @param known formats that can be named
   * @throws IllegalArgumentException when it asks for what is not there
   */
  public static <T> Optional<LogTarget<T>> parse(
      String text, Path prefix, LogFormat<T> usual, List<LogFormat<T>> known) {
    List<String> words = Words.of(text);
    if (words.isEmpty() || words.get(0).equals("off")) {
      return Optional.empty();
    }
    String path = words.get(0);
    if (path.startsWith("syslog:")) {
      throw new IllegalArgumentException("lines are not sent to syslog here; the plugin syslog does that");
    }
    LogFormat<T> format = usual;
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      boolean option = word.startsWith("buffer=") || word.startsWith("flush=");
      if (i == 1 && !option && !word.startsWith("gzip") && !word.startsWith("if=")) {
        format = named(word, known);
      } else if (!option) {
        // A buffer there is in any case, and it is flushed ten times a second.
        throw new IllegalArgumentException("invalid parameter \"" + word + "\"");
      }
    }
    return Optional.of(new LogTarget<>(prefix.resolve(path).normalize().toString(), format));
  }

  private static <T> LogFormat<T> named(String name, List<LogFormat<T>> known) {
    return known.stream()
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown log format \"" + name + "\""));
  }
}
