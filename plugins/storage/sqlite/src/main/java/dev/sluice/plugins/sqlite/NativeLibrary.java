package dev.sluice.plugins.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Loads SQLite, once per class loader.
 *
 * <p>The library is unpacked under a fresh name each time, as the JVM loads no file into two class loaders. The driver
 * would do so in the system's temporary folder, which may be mounted {@code noexec}, leave the file there when the
 * process is killed, and compare it with the original byte by byte, which takes longer than all else it does. Here it
 * is unpacked below the node's prefix, and removed as soon as it is loaded.
 */
final class NativeLibrary {

  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);
  private static final String FOLDER = "org.sqlite.lib.path";
  private static final String NAME = "org.sqlite.lib.name";

  private static boolean loaded;

  private NativeLibrary() {}

  /**
   * Loads the library if it is not loaded yet.
   *
   * @param scratch where to unpack it; an operator's own {@code -Dorg.sqlite.tmpdir} or {@code -Dorg.sqlite.lib.path} wins
   * @throws IOException when this system has no library, or forbids to load it
   */
  static synchronized void load(Path scratch) throws IOException {
    if (loaded) {
      return;
    }
    if (System.getProperty(FOLDER) == null && System.getProperty("org.sqlite.tmpdir") == null) {
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
      Path library = unpack(scratch);
      System.setProperty(FOLDER, scratch.toString());
      System.setProperty(NAME, library.getFileName().toString());
      return SQLiteJDBCLoader.initialize();
    } catch (Exception e) {
      LOG.warn("SQLite's native library cannot be loaded from {}; trying the default folder", scratch, e);
      return false;
    } finally {
      System.clearProperty(FOLDER);
      System.clearProperty(NAME);
      sweep(scratch);
    }
  }

  private static Path unpack(Path scratch) throws IOException {
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
    try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new NoSuchFileException(resource);
      }
      Files.createDirectories(scratch);
      Path library = scratch.resolve("sqlite-" + UUID.randomUUID() + "-" + LibraryLoaderUtil.getNativeLibName());
      Files.copy(in, library);
      return library;
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
