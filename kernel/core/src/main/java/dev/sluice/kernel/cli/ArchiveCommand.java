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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
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

  /** As by default, but for the ports. */
  private static final List<String> SETTINGS =
      List.of(
          "proxy_listen = 127.0.0.1:0, 127.0.0.1:0 http2 ssl",
          "admin_listen = 127.0.0.1:0, 127.0.0.1:0 http2 ssl",
          "admin_gui_listen = 127.0.0.1:0, 127.0.0.1:0 ssl",
          "status_listen = 127.0.0.1:0",
          "log_level = error");

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("sluice-archive");
    try {
      Path conf = folder.resolve("sluice.conf");
      Files.write(conf, SETTINGS);
      NodeOptions options =
          PlainStart.of("start", "-c", conf.toString(), "-p", folder.toString()).orElseThrow().node();
      // The environment's settings are those of the node that is to be quick, and no business of this one.
      Supplier<NodeConfig> config = () -> NodeConfig.load(options.conf(), Map.of(), Map.of("prefix", folder.toString()));
      // A first start, which has to make things, and a second one, which finds them.
      serve(config, kernel -> Demo.tryOut(kernel));
      serve(config, kernel -> Demo.request(kernel));
      Optional<Path> home = StartCommand.home();
      if (home.isPresent()) {
        new ClassArchive(home.get()).note();
      }
      return 0;
    } finally {
      delete(folder);
    }
  }

  private static void serve(Supplier<NodeConfig> source, Function<Kernel, Future<Void>> work) throws Exception {
    NodeConfig config = source.get();
    Kernel.check(config);
    Logs.set(config);
    NodeFiles files = new NodeFiles(config.prefix());
    Kernel kernel = new Kernel(config, Clock.systemUTC());
    Hangup.handle(new Reloader(files, source, kernel, config)::ask);
    await(kernel.start());
    files.write(kernel.ports());
    await(work.apply(kernel));
    await(kernel.stop(1000));
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
