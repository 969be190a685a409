package dev.sluice.plugins.pluginjars;

import dev.sluice.api.admin.ApiError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The folder that jars are taken from. A jar is written beside its place, synced, and moved there in one step: nobody ever
 * sees a half. Blocks.
 */
final class PluginsFolder {

  private final Path folder;

  PluginsFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * A jar at its place.
   *
   * @param file where it is
   * @param former what was there before, set aside
   */
  record Placed(Path file, Optional<Path> former) {

    /** It stays. */
    void keep() throws IOException {
      if (former.isPresent()) {
        Files.deleteIfExists(former.get());
      }
    }

    /** The folder is as it was. */
    void undo() throws IOException {
      if (former.isPresent()) {
        Files.move(former.get(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * Puts a jar into its place.
   *
   * @param name of the file; without a path
   */
  Placed put(String name, byte[] jar) throws IOException {
    Path file = folder.resolve(name);
    if (!folder.equals(file.getParent()) || !name.endsWith(".jar")) {
      throw ApiError.of(400, "'" + name + "' is no name of a jar");
    }
    Path part = fresh(name);
    try {
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(jar);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Optional<Path> former = Files.exists(file) ? Optional.of(fresh(name)) : Optional.empty();
      if (former.isPresent()) {
        Files.copy(file, former.get(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return new Placed(file, former);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** A file beside, under a name that is no jar's. */
  private Path fresh(String name) {
    try {
      return Files.createTempFile(folder, "." + name + ".", ".part");
    } catch (IOException e) {
      throw ApiError.of(409, "the plugins folder of this node cannot be written");
    }
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
