package dev.sluice.kernel.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/** The files in the working directory by which commands find a node that runs, and talk to it. */
final class NodeFiles {

  private final Path prefix;

  NodeFiles(Path prefix) {
    this.prefix = prefix;
  }

  /** Says where a node runs: its process id and the ports of its listeners. */
  Path state() {
    return prefix.resolve("sluice.pid");
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

  /** The process of the node, if it is alive. */
  Optional<ProcessHandle> process() {
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
