package dev.sluice.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * An unpacked distribution.
 *
 * @param home the folder with bin, conf, lib and plugins
 */
record Distribution(Path home) {

  /**
   * The one that the build has put together, with its classes archived: it is started some fifty times. Each of the
   * processes that test has a copy of its own.
   */
  static Distribution built() {
    return Built.ARCHIVED;
  }

  private static final class Built {
    private static final Distribution ARCHIVED = own();

    static {
      Command.Said said = Command.of(ARCHIVED).run("archive-classes");
      if (said.code() != 0) {
        throw new IllegalStateException("classes cannot be archived: " + said.err());
      }
    }
  }

  private static Distribution own() {
    Path folder = Path.of(System.getProperty("sluice.conformance.copy", "target/distribution")).toAbsolutePath();
    if (Files.exists(folder)) {
      try (Stream<Path> before = Files.walk(folder)) {
        before.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return packed().copy(folder);
  }

  private static Distribution packed() {
    Path home = Path.of(System.getProperty("sluice.home")).toAbsolutePath().normalize();
    if (!Files.isExecutable(home.resolve("bin/sluice"))) {
      throw new IllegalStateException("there is no distribution at " + home + ": build distribution/package first");
    }
    return new Distribution(home);
  }

  Path command() {
    return home.resolve("bin/sluice");
  }

  Path jar(String plugin) {
    return home.resolve("plugins").resolve(plugin + ".jar");
  }

  /** Copies the whole to a folder that does not exist. */
  Distribution copy(Path folder) {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(home.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
      return new Distribution(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies the plugin jars but some to a folder that does not exist. */
  Path copyPlugins(Path folder, String... without) {
    List<String> left = Arrays.stream(without).map(name -> name + ".jar").toList();
    try (Stream<Path> jars = Files.list(home.resolve("plugins"))) {
      Files.createDirectories(folder);
      for (Path jar : jars.toList()) {
        if (!left.contains(jar.getFileName().toString())) {
          Files.copy(jar, folder.resolve(jar.getFileName()));
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
