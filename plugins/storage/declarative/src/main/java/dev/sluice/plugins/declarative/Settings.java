package dev.sluice.plugins.declarative;

import dev.sluice.api.NodeInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The node's settings for this store.
 *
 * @param file where what was declared is kept
 * @param declaredFile the document to begin with
 * @param declaredText the document to begin with, as text
 * @param keptRevisions how far back the log of changes reaches, as long as the store is open
 * @param purgeInterval how often expired rows are looked for
 */
record Settings(
    Path file,
    Optional<Path> declaredFile,
    Optional<String> declaredText,
    int keptRevisions,
    Duration purgeInterval) {

  static final String KEPT_REVISIONS = "declarative_log_revisions";
  static final String PURGE_INTERVAL = "declarative_purge_interval";

  static Settings of(NodeInfo node) {
    Path prefix = node.prefix().toAbsolutePath().normalize();
    return new Settings(
        prefix.resolve("declarative").resolve("state"),
        text(node, "declarative_config").map(Path::of),
        text(node, "declarative_config_string"),
        Integer.parseInt(text(node, KEPT_REVISIONS).orElse("16")),
        Duration.ofMillis((long) (1000 * Double.parseDouble(text(node, PURGE_INTERVAL).orElse("60")))));
  }

  private static Optional<String> text(NodeInfo node, String key) {
    return node.setting(key).map(String::trim).filter(given -> !given.isEmpty());
  }
}
