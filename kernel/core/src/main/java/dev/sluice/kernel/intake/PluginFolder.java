package dev.sluice.kernel.intake;

import dev.sluice.api.PluginId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The folder into which people drop jars. Each look at it takes in the files that have stopped changing: they are
 * copied to a private place under their hash and checked. Not safe for several threads.
 */
public final class PluginFolder {

  private static final int GENERATION_DIGITS = 12;

  private final Path folder;
  private final Path work;
  private final KnownCopies known;
  private final Map<String, Seen> seen = new TreeMap<>();

  /** What was found in a folder at one look. */
  public record Look(Map<String, StagedJar> jars, Map<String, String> refused) {}

  private record Stamp(long size, long modified, String key) {
    String text() {
      return size + " " + modified + " " + key;
    }
  }

  private record Seen(Stamp stamp, boolean settled, Optional<StagedJar> jar, Optional<String> refusal) {}

  /**
   * Names the folders.
   *
   * @param folder where people put jars
   * @param work where private copies go; those of earlier starts are used again
   */
  public PluginFolder(Path folder, Path work) {
    this(folder, work, Clock.systemUTC());
  }

  PluginFolder(Path folder, Path work, Clock clock) {
    this.folder = folder;
    this.work = work;
    this.known = new KnownCopies(work, clock);
  }

  /**
   * Looks at the folder.
   *
   * @param atOnce takes new files as they are; otherwise a file must look the same at two looks in a row
   * @return the plugins by name and the refused files with the reason, or empty when nothing has changed
   */
  public Optional<Look> look(boolean atOnce) throws IOException {
    boolean changed = false;
    Map<String, Stamp> present = list();
    changed |= seen.keySet().retainAll(present.keySet());
    for (Map.Entry<String, Stamp> file : present.entrySet()) {
      Seen before = seen.get(file.getKey());
      if (before == null || !before.stamp().equals(file.getValue())) {
        Optional<StagedJar> running = before == null ? Optional.empty() : before.jar();
        Seen now = new Seen(file.getValue(), false, running, Optional.empty());
        seen.put(file.getKey(), atOnce ? take(file.getKey(), now) : now);
        changed |= atOnce;
      } else if (!before.settled()) {
        seen.put(file.getKey(), take(file.getKey(), before));
        changed = true;
      }
    }
    known.keep();
    return changed ? Optional.of(result()) : Optional.empty();
  }

  private Map<String, Stamp> list() throws IOException {
    Map<String, Stamp> present = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return present;
    }
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(path -> path.getFileName().toString().endsWith(".jar")).toList();
    }
    for (Path file : files) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (attributes.isRegularFile()) {
          Stamp stamp =
              new Stamp(
                  attributes.size(),
                  attributes.lastModifiedTime().toMillis(),
                  String.valueOf(attributes.fileKey()));
          present.put(file.getFileName().toString(), stamp);
        }
      } catch (NoSuchFileException gone) {
        // Removed since it was listed: the next look knows no more of it.
      }
    }
    return present;
  }

  private Seen take(String file, Seen now) {
    Path original = folder.resolve(file);
    Optional<String> mark = known.mark(original, now.stamp().text());
    Optional<StagedJar> before = mark.flatMap(sign -> known.find(file, sign, now.stamp().size()));
    if (before.isPresent()) {
      return new Seen(now.stamp(), true, before, Optional.empty());
    }
    try {
      Path copy = copy(original);
      JarVerifier.Verified verified = JarVerifier.verify(copy);
      PluginId id = new PluginId(verified.name(), verified.version(), generation(copy));
      StagedJar jar = new StagedJar(file, id, copy, verified.form());
      mark.ifPresent(sign -> known.note(sign, jar));
      return new Seen(now.stamp(), true, Optional.of(jar), Optional.empty());
    } catch (JarVerifier.RefusedException e) {
      return new Seen(now.stamp(), true, now.jar(), Optional.of(file + " is refused: " + e.getMessage()));
    } catch (IOException e) {
      return new Seen(now.stamp(), true, now.jar(), Optional.of(file + " cannot be read: " + e.getMessage()));
    }
  }

  static String generation(Path copy) {
    return copy.getFileName().toString().substring(0, GENERATION_DIGITS);
  }

  private Path copy(Path original) throws IOException {
    Files.createDirectories(work);
    MessageDigest digest = sha256();
    Path part = Files.createTempFile(work, "incoming", ".part");
    try (InputStream in = new DigestInputStream(Files.newInputStream(original), digest);
        OutputStream out = Files.newOutputStream(part)) {
      in.transferTo(out);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    Path copy = work.resolve(HexFormat.of().formatHex(digest.digest()) + ".jar");
    if (Files.exists(copy) && Files.size(copy) == Files.size(part)) {
      // A generation may be running from it: the bytes are the same, so leave the file alone.
      Files.delete(part);
    } else {
      Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    return copy;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A file that is refused leaves in place what its earlier version brought. */
  private Look result() {
    Map<String, StagedJar> jars = new LinkedHashMap<>();
    Map<String, String> refused = new TreeMap<>();
    seen.forEach(
        (file, look) -> {
          look.refusal().ifPresent(reason -> refused.put(file, reason));
          look.jar()
              .ifPresent(
                  jar -> {
                    StagedJar first = jars.putIfAbsent(jar.id().name(), jar);
                    if (first != null) {
                      refused.put(
                          file,
                          file + " is refused: it is plugin '" + jar.id().name() + "', as is " + first.file());
                    }
                  });
        });
    return new Look(jars, refused);
  }

  /** Removes private copies that no generation runs from. */
  public void sweep(List<Path> inUse) throws IOException {
    if (!Files.isDirectory(work)) {
      return;
    }
    List<Path> files = new ArrayList<>();
    try (Stream<Path> entries = Files.list(work)) {
      entries.filter(path -> !inUse.contains(path)).forEach(files::add);
    }
    List<Path> wanted = seen.values().stream().flatMap(look -> look.jar().stream()).map(StagedJar::copy).toList();
    for (Path file : files) {
      if (!wanted.contains(file) && !file.getFileName().toString().equals(KnownCopies.FILE)) {
        Files.deleteIfExists(file);
      }
    }
  }
}
