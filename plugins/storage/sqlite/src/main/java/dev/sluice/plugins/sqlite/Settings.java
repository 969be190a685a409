package dev.sluice.plugins.sqlite;

import dev.sluice.api.NodeInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;

/**
 * The node's settings for this store.
 *
 * @param file the database
 * @param scratch a folder of this plugin's own; it may be missing
 * @param keptRevisions how far back the log of changes reaches
 * @param purgeInterval how often expired rows are looked for
 * @param lockWait how long to wait for another store of this process to let go of the file
 */
record Settings(Path file, Path scratch, int keptRevisions, Duration purgeInterval, Duration lockWait) {

  static final String PATH = "sqlite_path";
  static final String KEPT_REVISIONS = "sqlite_log_revisions";
  static final String PURGE_INTERVAL = "sqlite_purge_interval";

  private static final Duration LOCK_WAIT = Duration.ofSeconds(10);

  static Settings of(NodeInfo node) {
    Path prefix = node.prefix().toAbsolutePath().normalize();
    return new Settings(
        prefix.resolve(node.setting(PATH).filter(path -> !path.isBlank()).orElse("sluice.db")).normalize(),
        prefix.resolve("sqlite"),
        read(node, KEPT_REVISIONS, "10000", "a whole number of at least 1", Settings::keptRevisions),
        read(node, PURGE_INTERVAL, "60", "a number of seconds of at least 0.001", Settings::seconds),
        LOCK_WAIT);
  }

  private static int keptRevisions(String text) {
    int revisions = Integer.parseInt(text);
    if (revisions < 1) {
      throw new NumberFormatException();
    }
    return revisions;
  }

  private static Duration seconds(String text) {
    double seconds = Double.parseDouble(text);
    if (!(seconds >= 0.001 && seconds <= Integer.MAX_VALUE)) {
      throw new NumberFormatException();
    }
    return Duration.ofMillis((long) (seconds * 1000));
  }

  private static <T> T read(NodeInfo node, String key, String byDefault, String wanted, Function<String, T> parser) {
    String text = node.setting(key).map(String::trim).filter(given -> !given.isEmpty()).orElse(byDefault);
    try {
      return parser.apply(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + ": '" + text + "' is not " + wanted, e);
    }
  }
}
