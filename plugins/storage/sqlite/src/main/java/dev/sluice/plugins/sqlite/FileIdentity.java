package dev.sluice.plugins.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;

/**
 * Tells whether a path still leads to the file that was opened. SQLite goes on writing to a file that was removed or
 * replaced under it, and what it acknowledges then is gone with the process.
 *
 * @param file the path
 * @param key what the file system knows the file by; empty where it has no such thing
 */
record FileIdentity(Path file, Optional<Object> key) {

  static FileIdentity of(Path file) throws IOException {
    return new FileIdentity(file, keyOf(file));
  }

  /** Throws when another file, or none, is there now. */
  void check() {
    Optional<Object> now;
    try {
      now = keyOf(file);
    } catch (IOException e) {
      throw Failures.of(file, "cannot be looked at, it may have been removed: " + e);
    }
    if (!Objects.equals(now, key)) {
      throw Failures.of(file, "was replaced by another file while it was open; restart the node to use that one");
    }
  }

  private static Optional<Object> keyOf(Path file) throws IOException {
    return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
  }
}
