package dev.sluice.kernel.cli;

import dev.sluice.api.store.StoreException;
import dev.sluice.kernel.boot.Kernel;
import dev.sluice.kernel.boot.NodeConfig;
import dev.sluice.kernel.boot.Version;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts a gateway, in the foreground unless asked otherwise. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = "Start the gateway in the foreground. SIGTERM lets requests end, then stops it.")
final class StartCommand implements Callable<Integer> {

  private static final long LOOK_MILLIS = 200;

  @Mixin private NodeOptions node;
  @Spec private CommandSpec spec;

  @Option(names = "--demo", description = "Also start two small backends and apply the walkthrough of the README.")
  private boolean demo;

  @Option(
      names = "--demo-ports",
      split = ",",
      arity = "1",
      defaultValue = "9901,9902",
      description = "The ports of the two backends of --demo (default: ${DEFAULT-VALUE}).")
  private int[] demoPorts;

  @Option(names = "--background", description = "Return when the gateway serves.")
  private boolean background;

  StartCommand() {}

  /** A start in the foreground that no parser has read. */
  StartCommand(NodeOptions node) {
    this.node = node;
  }

  NodeOptions node() {
    return node;
  }

  @Override
  public Integer call() throws Exception {
    NodeConfig config = node.config();
    Kernel.check(config);
    NodeFiles files = new NodeFiles(config.prefix());
    if (files.process().isPresent()) {
      throw new CommandException("Sluice is already running in " + config.prefix());
    }
    if (background) {
      return new BackgroundStart(spec.commandLine().getOut(), files).run(config, node, demo);
    }
    Logs.set(config);
    return serve(config, files);
  }

  private int serve(NodeConfig config, NodeFiles files) throws Exception {
    Logger log = LoggerFactory.getLogger(StartCommand.class);
    if (!files.claim()) {
      throw new CommandException("Sluice is already running in " + config.prefix());
    }
    CountDownLatch over = new CountDownLatch(1);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Kernel kernel = new Kernel(config, Clock.systemUTC());
    long patience = (long) (config.number("drain_timeout", 30) * 1000);
    AtomicBoolean stopping = new AtomicBoolean();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (failure.get() == null && stopping.compareAndSet(false, true)) {
                    stop(kernel, patience, log);
                    files.remove();
                  }
                },
                "sluice-shutdown"));
    kernel
        .start()
        .onSuccess(
            running -> {
              files.write(running.ports());
              log.info(
                  "Sluice {} serves at {} (compatible with Kong {}), process {}",
                  Version.SLUICE, running.ports(), Version.COMPATIBLE, ProcessHandle.current().pid());
              if (config.flag("archive_classes")) {
                home().ifPresent(home -> new ClassArchive(home).keep());
              }
              if (demo) {
                // From a thread that is none of Vert.x's, which the demo's own Vert.x would mind.
                CompletableFuture.runAsync(() -> Demo.begin(running, demoPorts));
              }
            })
        .onFailure(
            cause -> {
              failure.set(cause);
              over.countDown();
            });
    Reloader reloader = new Reloader(files, () -> node.config(), kernel, config);
    Hangup.handle(reloader::ask);
    while (!over.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      reloader.look();
    }
    if (failure.get() instanceof StoreException.Unprepared unprepared) {
      throw new CommandException(unprepared.getMessage());
    }
    throw new CommandException("Sluice could not start: " + failure.get().getMessage());
  }

  private static void stop(Kernel kernel, long patience, Logger log) {
    log.info("stopping: requests have {} ms to end", patience);
    try {
      kernel.stop(patience).toCompletionStage().toCompletableFuture().get(patience + 10_000, TimeUnit.MILLISECONDS);
      log.info("stopped");
    } catch (Exception e) {
      log.error("the gateway did not stop cleanly", e);
    }
  }

  static Optional<Path> home() {
    return Optional.ofNullable(System.getProperty("sluice.home")).map(Path::of);
  }
}
