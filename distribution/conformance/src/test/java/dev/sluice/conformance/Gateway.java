package dev.sluice.conformance;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A gateway that runs as a process of its own, in the foreground of nobody. */
final class Gateway implements AutoCloseable {

  private final Path prefix;
  private final Path log;
  private final Process process;
  private final long begun;

  private Gateway(Path prefix, Path log, Process process, long begun) {
    this.prefix = prefix;
    this.log = log;
    this.process = process;
    this.begun = begun;
  }

  /** Starts the built distribution and waits until it serves. */
  static Gateway start(Path prefix, Map<String, String> settings, String... arguments) {
    return spawn(Distribution.built(), prefix, settings, arguments).serving();
  }

  /** Starts the built distribution so that it may open no more than so many files, and waits until it serves. */
  static Gateway limited(int files, Path prefix, Map<String, String> settings) {
    List<String> limit = List.of("sh", "-c", "ulimit -n " + files + "; exec \"$@\"", "sh");
    return spawn(limit, Distribution.built(), prefix, settings).serving();
  }

  /** Starts a distribution and does not wait. */
  static Gateway spawn(Distribution distribution, Path prefix, Map<String, String> settings, String... arguments) {
    return spawn(List.of(), distribution, prefix, settings, arguments);
  }

  private static Gateway spawn(
      List<String> before, Distribution distribution, Path prefix, Map<String, String> settings, String... arguments) {
    try {
      Files.createDirectories(prefix);
      Path log = prefix.resolve("test.log");
      ProcessBuilder builder = Command.of(distribution).set(settings).process("start", "-p", prefix.toString());
      builder.command().addAll(List.of(arguments));
      builder.command().addAll(0, before);
      builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      long begun = System.nanoTime();
      Process process = builder.start();
      Children.adopt(process.toHandle());
      return new Gateway(prefix, log, process, begun);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Gateway serving() {
    Await.until(
        () -> "the gateway serves; its log:\n" + log(),
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("the gateway has ended with " + process.exitValue() + "; its log:\n" + log());
          }
          return state().filter(state -> state.getLong("pid") == process.pid()).isPresent();
        });
    return this;
  }

  private Optional<JsonObject> state() {
    return state(prefix);
  }

  /** What the node of a working directory says of itself, if it serves. */
  static Optional<JsonObject> state(Path prefix) {
    try {
      return Optional.of(new JsonObject(Files.readString(prefix.resolve("sluice.pid"))));
    } catch (NoSuchFileException notYetOrNoLonger) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port(String listener) {
    return state().orElseThrow().getJsonObject("ports").getInteger(listener);
  }

  int proxyPort() {
    return port("proxy_listen.0");
  }

  /** A client of the proxy. */
  Http proxy() {
    return Http.at(proxyPort());
  }

  /** A client of the Admin API. */
  Http admin() {
    return Http.at(port("admin_listen.0"));
  }

  /** A client of the status listener. */
  Http status() {
    return Http.at(port("status_listen.0"));
  }

  Process process() {
    return process;
  }

  /** When the process was started, by {@link System#nanoTime}. */
  long begun() {
    return begun;
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "(" + e + ")";
    }
  }

  /** Ends it as a power cut does. */
  void kill() {
    Children.kill(process.toHandle());
  }

  /** Asks it to end, as {@code kill} and orchestrators do, and does not wait. */
  void terminate() {
    process.destroy();
  }

  /** Waits until it has ended, and gives back its exit code. */
  int ended() {
    try {
      if (!process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the gateway does not end; its log:\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
