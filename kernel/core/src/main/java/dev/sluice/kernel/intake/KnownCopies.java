package dev.sluice.kernel.intake;

import dev.sluice.api.ApiVersion;
import dev.sluice.api.PluginId;
import dev.sluice.kernel.host.JarForm;
import dev.sluice.kernel.host.Seam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What earlier starts found out about the jars, kept beside their copies: a file that is the same as then is neither
 * read nor checked again. The same it is when the system says so: by its size, its times, its place on the disk. Of
 * those, the time of the last change of any kind (ctime) can be set by nobody; where a system does not tell it,
 * nothing is kept. Not safe for several threads.
 */
final class KnownCopies {

  /** The name of the list, among the copies. */
  static final String FILE = "index";

  private static final Logger log = LoggerFactory.getLogger(KnownCopies.class);
  private static final String CHANGED = "unix:ctime";

  /** To be raised when {@link JarVerifier} asks for more than before. */
  private static final int CHECKS = 1;

  /** A file that has changed so shortly before it was read may change again and show the same time. */
  private static final Duration GRAIN = Duration.ofSeconds(2);

  private static final int FIELDS = 7;
  private static final int NAME_LENGTH = 64 + ".jar".length();

  private final Path folder;
  private final Clock clock;
  private final Map<String, Line> lines = new TreeMap<>();
  private boolean read;
  private boolean dirty;

  private record Line(String mark, StagedJar jar) {}

  KnownCopies(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * By what a file is known again.
   *
   * @param stamp what else the system tells of it
   * @return empty when it cannot be told safely
   */
  Optional<String> mark(Path file, String stamp) {
    try {
      Instant changed = ((FileTime) Files.getAttribute(file, CHANGED)).toInstant();
      return changed.isBefore(clock.instant().minus(GRAIN)) ? Optional.of(stamp + ' ' + changed) : Optional.empty();
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What a file became, when it has not changed since. */
  Optional<StagedJar> find(String file, String mark, long size) {
    read();
    Line line = lines.get(file);
    if (line == null || !line.mark().equals(mark)) {
      return Optional.empty();
    }
    try {
      // A copy may have been lost, or cut short by a power failure.
      return Files.size(line.jar().copy()) == size ? Optional.of(line.jar()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void note(String mark, StagedJar jar) {
    lines.put(jar.file(), new Line(mark, jar));
    dirty = true;
  }

  private void read() {
    if (read) {
      return;
    }
    read = true;
    try {
      List<String> text = Files.readAllLines(folder.resolve(FILE));
      if (!text.isEmpty() && text.get(0).equals(head())) {
        text.subList(1, text.size()).forEach(this::parse);
      }
    } catch (NoSuchFileException none) {
      // The first start.
    } catch (IOException e) {
      log.warn("{} cannot be read; all jars are copied and checked anew", folder.resolve(FILE), e);
    }
  }

  private void parse(String line) {
    String[] parts = line.split("\t", -1);
    if (parts.length == FIELDS && parts[2].length() == NAME_LENGTH) {
      Path copy = folder.resolve(parts[2]);
      PluginId id = new PluginId(parts[3], parts[4], PluginFolder.generation(copy));
      JarForm form = new JarForm(parts[5], Boolean.parseBoolean(parts[6]));
      lines.put(parts[0], new Line(parts[1], new StagedJar(parts[0], id, copy, form)));
    }
  }

  /** Writes the list down, if it has grown. A list that cannot be kept costs time at the next start, and no more. */
  void keep() {
    if (!dirty) {
      return;
    }
    dirty = false;
    StringBuilder text = new StringBuilder(head()).append('\n');
    for (Line line : lines.values()) {
      StagedJar jar = line.jar();
      String copy = jar.copy().getFileName().toString();
      String insides = String.valueOf(jar.form().insides());
      List<String> parts =
          List.of(jar.file(), line.mark(), copy, jar.id().name(), jar.id().version(), jar.form().extension(), insides);
      if (parts.stream().allMatch(part -> part.chars().noneMatch(Character::isISOControl))) {
        text.append(String.join("\t", parts)).append('\n');
      }
    }
    try {
      Path fresh = folder.resolve(FILE + ".part");
      Files.writeString(fresh, text);
      Files.move(fresh, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      log.warn("{} cannot be written; the next start copies and checks all jars", folder.resolve(FILE), e);
    }
  }

  private static String head() {
    return "jars that have passed the checks " + CHECKS + " of plugin API " + ApiVersion.CURRENT + " and Vert.x "
        + Seam.vertxVersion();
  }
}
