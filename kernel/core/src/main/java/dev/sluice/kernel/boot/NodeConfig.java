package dev.sluice.kernel.boot;

import dev.sluice.kernel.registry.Enabled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of a node. Later sources win, key by key: defaults, the file, {@code KONG_*} variables,
 * {@code SLUICE_*} variables, the command line.
 */
public final class NodeConfig {

  private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");
  private static final List<Path> DEFAULT_FILES =
      List.of(Path.of("/etc/sluice/sluice.conf"), Path.of("/etc/sluice.conf"));

  private final Map<String, String> written;
  private final Map<String, String> values;
  private final List<String> warnings;

  private NodeConfig(Map<String, String> written, Map<String, String> values, List<String> warnings) {
    this.written = Map.copyOf(written);
    this.values = Map.copyOf(values);
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Reads all sources.
   *
   * @param file the file that was named; without one, the first default file that exists
   * @param environment the process's environment
   * @param commandLine settings given as options
   * @throws ConfigException when the file is missing or a value is not of its kind
   */
  public static NodeConfig load(
      Optional<Path> file, Map<String, String> environment, Map<String, String> commandLine) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> warnings = new ArrayList<>();
    for (Setting setting : Setting.ALL.values()) {
      values.put(setting.name(), setting.defaultText());
    }
    file.or(() -> DEFAULT_FILES.stream().filter(Files::isRegularFile).findFirst())
        .ifPresent(path -> overlay(values, ConfFile.read(path), path.toString(), warnings));
    overlay(values, variables(environment, "KONG_"), "the environment", warnings);
    overlay(values, variables(environment, "SLUICE_"), "the environment", warnings);
    overlay(values, commandLine, "the command line", warnings);
    values.values().removeIf(String::isEmpty);
    Map<String, String> written = Map.copyOf(values);
    SettingSecrets secrets =
        new SettingSecrets(
            environment,
            Optional.ofNullable(values.get("vault_env_prefix")).orElse(""),
            new Enabled(List.of(), items(values.getOrDefault("vaults", ""))).vault("env"));
    values.replaceAll(secrets::read);
    values.forEach(
        (name, value) -> {
          Setting setting = Setting.ALL.get(name);
          if (setting != null) {
            setting.check(value);
          }
        });
    return new NodeConfig(written, values, warnings);
  }

  private static Map<String, String> variables(Map<String, String> environment, String prefix) {
    Map<String, String> found = new LinkedHashMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()).toLowerCase(Locale.ROOT), value);
          }
        });
    return found;
  }

  private static void overlay(
      Map<String, String> values, Map<String, String> given, String source, List<String> warnings) {
    given.forEach(
        (name, value) -> {
          if (Setting.known(name)) {
            values.put(name, value.trim());
          } else {
            warnings.add("unknown setting '" + name + "' in " + source + " is ignored");
          }
        });
  }

  /** What was odd about the sources; for the log. */
  public List<String> warnings() {
    return warnings;
  }

  /** The text of a setting; empty when it is unset. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The text of a setting that has a default. */
  public String string(String name) {
    return text(name).orElseThrow(() -> new ConfigException(name + " is required"));
  }

  /** Whether a setting is on. */
  public boolean flag(String name) {
    return text(name).map(value -> value.equals("on") || value.equals("true")).orElse(false);
  }

  /** A number, or what to use without one. */
  public double number(String name, double otherwise) {
    return text(name).map(Double::parseDouble).orElse(otherwise);
  }

  /** The items of a list. */
  public List<String> list(String name) {
    return items(text(name).orElse(""));
  }

  private static List<String> items(String text) {
    List<String> items = new ArrayList<>();
    for (String item : text.split(",", -1)) {
      if (!item.isBlank()) {
        items.add(item.trim());
      }
    }
    return items;
  }

  /** A time as nginx writes it, such as {@code 60}, {@code 60s} or {@code 2m}, in milliseconds. */
  long millis(String name, long otherwiseSeconds) {
    String text = text(name).orElse(otherwiseSeconds + "s").toLowerCase(Locale.ROOT);
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      throw new ConfigException(name + " is not a time: '" + text + "'");
    }
    long unit =
        switch (String.valueOf(time.group(2))) {
          case "ms" -> 1L;
          case "m" -> 60_000L;
          case "h" -> 3_600_000L;
          default -> 1000L;
        };
    return unit * Long.parseLong(time.group(1));
  }

  /** A size such as {@code 8k} or {@code 10m}, in bytes. */
  public long size(String name) {
    String text = string(name).toLowerCase(Locale.ROOT);
    long unit =
        switch (text.charAt(text.length() - 1)) {
          case 'k' -> 1L << 10;
          case 'm' -> 1L << 20;
          case 'g' -> 1L << 30;
          default -> 1L;
        };
    try {
      return unit * Long.parseLong(unit == 1 ? text : text.substring(0, text.length() - 1));
    } catch (NumberFormatException e) {
      throw new ConfigException(name + " is not a size: '" + text + "'");
    }
  }

  /** The working directory, absolute. */
  public Path prefix() {
    return Path.of(string("prefix")).toAbsolutePath().normalize();
  }

  /** All settings that have a value, by name, as they were written: references to secrets are not followed. */
  public Map<String, String> all() {
    return written;
  }
}
