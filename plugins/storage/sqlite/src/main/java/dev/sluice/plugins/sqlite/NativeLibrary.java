package dev.sluice.plugins.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Loads SQLite, once per class loader.
 *
 * <p>The driver unpacks the library under a fresh name each time, as the JVM loads no file into two class loaders. By
 * default it does so in the system's temporary folder, which may be mounted {@code noexec}, and leaves the file there
 * when the process is killed. Here it is unpacked below the node's prefix, and removed as soon as it is loaded.
 */
final class NativeLibrary {

  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
  private static final String FOLDER = "org.sqlite.tmpdir";

  private static boolean loaded;

  private NativeLibrary() {}

  /**
   * Loads the library if it is not loaded yet.
   *
   * @param scratch where to unpack it; an operator's own {@code -Dorg.sqlite.tmpdir} wins
   * @throws IOException when this system has no library, or forbids to load it
   */
  static synchronized void load(Path scratch) throws IOException {
    if (loaded) {
      return;
    }
    if (System.getProperty(FOLDER) == null) {
      loaded = loadFrom(scratch);
    }
    try {
      loaded = loaded || SQLiteJDBCLoader.initialize();
    } catch (Exception e) {
      throw new IOException("SQLite's native library cannot be loaded: " + e.getMessage(), e);
    }
  }

  private static boolean loadFrom(Path scratch) {
    try {
      Files.createDirectories(scratch);
      System.setProperty(FOLDER, scratch.toString());
      return SQLiteJDBCLoader.initialize();
    } catch (Exception e) {
      LOG.warn("SQLite's native library cannot be loaded from {}; trying the default folder", scratch, e);
      return false;
    } finally {
      System.clearProperty(FOLDER);
      sweep(scratch);
    }
  }

  /** A loaded library needs its file no more; where the system thinks otherwise, the next start removes it. */
  private static void sweep(Path scratch) {
    try (Stream<Path> entries = Files.list(scratch)) {
      List<Path> unpacked = entries.filter(entry -> entry.getFileName().toString().startsWith("sqlite-")).toList();
      for (Path file : unpacked) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(scratch);
    } catch (IOException e) {
      LOG.debug("{} cannot be swept", scratch, e);
    }
  }
}
