package dev.sluice.kernel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The archive of classes that makes starts quick. It holds for one JVM, one place and these very jars, so it cannot be
 * shipped; a gateway that has none that fits has one made while it serves, for its next start. A process of its own
 * does it, at the lowest priority.
 */
final class ClassArchive {

  private static final Logger log = LoggerFactory.getLogger(ClassArchive.class);
  private static final long CALM_SECONDS = 20;

  private final Path home;
  private final Path archive;
  private final Path madeFor;

  ClassArchive(Path home) {
    this.home = home;
    this.archive = home.resolve("lib/sluice.jsa");
    this.madeFor = home.resolve("lib/sluice.jsa.for");
  }

  /** Has the archive made if there is none that fits, some time after the start; returns at once. */
  void keep() {
    Executor later = CompletableFuture.delayedExecutor(CALM_SECONDS, TimeUnit.SECONDS);
    CompletableFuture.runAsync(this::make, later)
        .exceptionally(
            cause -> {
              log.info("classes cannot be archived, later starts take longer: {}", cause.getMessage());
              return null;
            });
  }

  private void make() {
    try {
      if (fits() || !Files.isWritable(archive.getParent())) {
        return;
      }
      log.info("archiving the classes of the gateway in {}, for quicker starts (archive_classes)", archive);
      ProcessBuilder command = new ProcessBuilder("nice", "-n", "19", home.resolve("bin/sluice").toString(), "archive-classes");
      Map<String, String> environment = command.environment();
      environment.put("JAVA_HOME", System.getProperty("java.home"));
      environment.remove("JAVA_OPTS");
      command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      log.info("classes cannot be archived, later starts take longer: {}", e.getMessage());
    }
  }

  /**
   * Whether there is an archive that was made for this JVM and these jars. One that is older than the note is the one
   * before: the process that wrote the note has not come to its end.
   */
  boolean fits() throws IOException {
    try {
      return Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(madeFor)) >= 0
          && Files.readString(madeFor).equals(identity());
    } catch (NoSuchFileException none) {
      return false;
    }
  }

  /** Notes for what the archive is that this process leaves at its end. */
  void note() throws IOException {
    Files.writeString(madeFor, identity());
  }

  private String identity() throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(System.getProperty("java.vm.version")).append('\n').append(System.getProperty("java.home")).append('\n');
    try (Stream<Path> jars = Files.list(archive.getParent())) {
      List<Path> sorted = jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().toList();
      for (Path jar : sorted) {
        text.append(jar).append(' ').append(Files.size(jar)).append(' ').append(Files.getLastModifiedTime(jar)).append('\n');
      }
    }
    return text.toString();
  }
}
