package dev.sluice.kernel.accesslog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A format of lines, as the directive {@code log_format} of nginx has it. Immutable.
 *
 * @param <T> what lines are written of
 */
public final class LogFormat<T> {

  private final String name;
  private final Escape escape;
  private final boolean[] plain;
  private final List<Variable<T>> parts;
  private final Set<String> names;

  private LogFormat(String name, Escape escape, List<Variable<T>> parts, Set<String> names) {
    this.name = name;
    this.escape = escape;
    this.plain = escape.plain();
    this.parts = List.copyOf(parts);
    this.names = Set.copyOf(names);
  }

  /**
   * Reads a format for requests.
   *
   * @param text name, {@code escape=} if need be, and the texts that make the line
   * @throws IllegalArgumentException in the words of nginx
   */
  public static LogFormat<LoggedRequest> ofRequests(String text) {
    return parse(text, RequestVariables::find);
  }

  /**
   * Reads a format for streams.
   *
   * @param text as that of requests
   * @throws IllegalArgumentException in the words of nginx
   */
  public static LogFormat<LoggedStream> ofStreams(String text) {
    return parse(text, StreamVariables::find);
  }

  private static <T> LogFormat<T> parse(String text, Function<String, Optional<Variable<T>>> variables) {
    List<String> words = Words.of(text);
    if (words.size() < 2) {
      throw new IllegalArgumentException("invalid number of arguments in \"log_format\" directive");
    }
    int from = 1;
    Escape escape = Escape.DEFAULT;
    if (words.get(1).startsWith("escape=")) {
      from = 2;
      escape = escape(words.get(1).substring(7));
    }
    Compiler<T> compiler = new Compiler<>(variables);
    compiler.read(String.join("", words.subList(from, words.size())));
    return new LogFormat<>(words.get(0), escape, compiler.parts, compiler.names);
  }

  private static Escape escape(String word) {
    return switch (word) {
      case "default", "json", "none" -> Escape.valueOf(word.toUpperCase(Locale.ROOT));
      default -> throw new IllegalArgumentException("unknown log format escaping \"" + word + "\"");
    };
  }

  /** Takes the text of a line apart. */
  private static final class Compiler<T> {
    private final Function<String, Optional<Variable<T>>> variables;
    private final List<Variable<T>> parts = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    Compiler(Function<String, Optional<Variable<T>>> variables) {
      this.variables = variables;
    }

    void read(String text) {
      int from = 0;
      while (from < text.length()) {
        int dollar = text.indexOf('$', from);
        literal(text.substring(from, dollar < 0 ? text.length() : dollar));
        from = dollar < 0 ? text.length() : variable(text, dollar + 1);
      }
    }

    private void literal(String text) {
      if (!text.isEmpty()) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        parts.add((line, of) -> line.raw(bytes));
      }
    }

    private int variable(String text, int start) {
      boolean braces = start < text.length() && text.charAt(start) == '{';
      int from = braces ? start + 1 : start;
      int end = from;
      while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
        end++;
      }
      if (end == from || braces && (end == text.length() || text.charAt(end) != '}')) {
        throw new IllegalArgumentException("invalid parameter \"" + text + "\"");
      }
      String found = text.substring(from, end);
      String name = found.toLowerCase(Locale.ROOT);
      parts.add(
          variables
              .apply(name)
              .orElseThrow(() -> new IllegalArgumentException("unknown \"" + found + "\" variable")));
      names.add(name);
      return braces ? end + 1 : end;
    }
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Whether a variable is in it whose name begins so. */
  boolean uses(String start) {
    return names.stream().anyMatch(used -> used.startsWith(start));
  }

  void write(Line line, T of, long nowMillis) {
    line.begin(escape, plain, nowMillis);
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).write(line, of);
    }
    line.raw('\n');
  }
}
