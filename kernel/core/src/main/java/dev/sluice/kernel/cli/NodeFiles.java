package dev.sluice.kernel.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The files in the working directory by which commands find a node that runs, and talk to it. */
final class NodeFiles {

  private static final int LOCK_TRIES = 50;

  private final Path prefix;
  private Optional<FileChannel> claim = Optional.empty();

  NodeFiles(Path prefix) {
    this.prefix = prefix;
  }

  /** Says where a node runs: its process id and the ports of its listeners. */
  Path state() {
    return prefix.resolve("sluice.pid");
  }

  private Path lock() {
    return prefix.resolve("sluice.lock");
  }

  Path reloadRequest() {
    return prefix.resolve("reload.request");
  }

  Path reloadAnswer() {
    return prefix.resolve("reload.answer");
  }

  void write(Map<String, Integer> ports) {
    JsonObject state = new JsonObject().put("pid", ProcessHandle.current().pid());
    JsonObject shown = new JsonObject();
    ports.forEach(shown::put);
    replace(state(), state.put("ports", shown).encode());
  }

  /** Writes a file as a whole: nobody sees a half of it. */
  static void replace(Path file, String content) {
    try {
      Path part = file.resolveSibling(file.getFileName() + ".part");
      Files.writeString(part, content);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private Optional<JsonObject> read() {
    try {
      return Files.isRegularFile(state())
          ? Optional.of(new JsonObject(Files.readString(state())))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + state(), e);
    }
  }

  /**
   * Makes this process the node of the working directory until it ends. What a node that was killed has left behind is
   * no hindrance: its process id may be that of anybody by now.
   *
   * @return whether it is; another process may be
   */
  boolean claim() throws IOException {
    Files.createDirectories(prefix);
    FileChannel channel = FileChannel.open(lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    for (int i = 0; i < LOCK_TRIES; i++) {
      if (channel.tryLock() != null) {
        claim = Optional.of(channel);
        remove();
        return true;
      }
      // Perhaps only a command that looks whether the node runs.
      LockSupport.parkNanos(10_000_000);
    }
    channel.close();
    return false;
  }

  private boolean claimed() {
    if (!Files.isRegularFile(lock())) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(lock(), StandardOpenOption.READ);
        FileLock mine = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return mine == null;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at " + lock(), e);
    }
  }

  /** The process of the node, if it serves. Not to be asked by the node itself. */
  Optional<ProcessHandle> process() {
    if (claim.isPresent() || !claimed()) {
      return Optional.empty();
    }
    return read().flatMap(state -> ProcessHandle.of(state.getLong("pid"))).filter(ProcessHandle::isAlive);
  }

  /** The port of a listener of the node. */
  Optional<Integer> port(String listener) {
    return read().map(state -> state.getJsonObject("ports").getInteger(listener));
  }

  void remove() {
    try {
      Files.deleteIfExists(state());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + state(), e);
    }
  }
}
