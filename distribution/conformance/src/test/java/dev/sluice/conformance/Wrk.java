package dev.sluice.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The load of {@code wrk}, where it is installed: as much as the machine can bear. */
final class Wrk {

  private static final String NAME = "wrk";
  private static final int MAX_SECONDS = 900;
  private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ([0-9.]+m?s?)");
  private static final Pattern ERRORS =
      Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");
  private static final Pattern STATUS = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");

  private final Process process;

  /** What wrk says at its end. */
  record Result(long requests, long failed, String said) {}

  private Wrk(Process process) {
    this.process = process;
  }

  /** Begins, if there is a wrk. */
  static Optional<Wrk> on(int port, String path, int connections) {
    boolean installed =
        Stream.of(System.getenv("PATH").split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, NAME)));
    if (!installed) {
      return Optional.empty();
    }
    try {
      ProcessBuilder builder =
          new ProcessBuilder(
              NAME, "-t1", "-c" + connections, "-d" + MAX_SECONDS + "s", "http://127.0.0.1:" + port + path);
      Process process = builder.redirectErrorStream(true).start();
      Children.adopt(process.toHandle());
      return Optional.of(new Wrk(process));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it early, as Ctrl-C does. */
  Result stop() {
    try {
      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
      if (!process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("wrk does not end");
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher requests = REQUESTS.matcher(said);
      if (!requests.find()) {
        throw new AssertionError("wrk says nothing of requests: " + said);
      }
      long failed = 0;
      Matcher status = STATUS.matcher(said);
      if (status.find()) {
        failed += Long.parseLong(status.group(1));
      }
      Matcher errors = ERRORS.matcher(said);
      if (errors.find()) {
        for (int i = 1; i <= errors.groupCount(); i++) {
          failed += Long.parseLong(errors.group(i));
        }
      }
      return new Result(Long.parseLong(requests.group(1)), failed, said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
