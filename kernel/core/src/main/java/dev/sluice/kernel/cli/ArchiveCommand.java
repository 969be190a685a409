package dev.sluice.kernel.cli;

import dev.sluice.kernel.boot.Kernel;
import dev.sluice.kernel.boot.NodeConfig;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Starts a gateway on ports of its own, does what a gateway does, and ends. The script runs it with a JVM that writes
 * down the classes it has met, so that the next start need not look for them.
 */
@Command(
    name = "archive-classes",
    mixinStandardHelpOptions = true,
    description = "Make later starts faster: archive the classes of the gateway for this JVM, in lib/sluice.jsa.")
final class ArchiveCommand implements Callable<Integer> {

  private static final long PATIENCE_SECONDS = 60;

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("sluice-archive");
    try {
      Map<String, String> settings = new HashMap<>();
      settings.put("prefix", folder.toString());
      settings.put("proxy_listen", "127.0.0.1:0");
      settings.put("admin_listen", "127.0.0.1:0");
      settings.put("status_listen", "127.0.0.1:0");
      settings.put("log_level", "error");
      NodeConfig config = NodeConfig.load(Optional.empty(), Map.of(), settings);
      Logs.set(config.string("log_level"), config.string("log_format"));
      Kernel kernel = new Kernel(config, Clock.systemUTC());
      await(kernel.start());
      await(Demo.tryOut(kernel));
      await(kernel.stop(1000));
      return 0;
    } finally {
      delete(folder);
    }
  }

  private static void await(Future<?> step) throws Exception {
    step.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
