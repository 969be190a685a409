package dev.sluice.kernel.cli;

import dev.sluice.kernel.boot.NodeConfig;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Has a running gateway read its settings again. */
@Command(
    name = "reload",
    mixinStandardHelpOptions = true,
    description = "Have the gateway read its settings again; it names those that need a restart.")
final class ReloadCommand implements Callable<Integer> {

  private static final long PATIENCE_MILLIS = 10_000;

  @Mixin private NodeOptions node;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    NodeConfig config = node.config();
    NodeFiles files = new NodeFiles(config.prefix());
    if (files.process().isEmpty()) {
      throw new CommandException("Sluice is not running at " + config.prefix());
    }
    Files.deleteIfExists(files.reloadAnswer());
    NodeFiles.replace(files.reloadRequest(), "");
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (!Files.isRegularFile(files.reloadAnswer())) {
      if (System.nanoTime() > end) {
        throw new CommandException("the gateway did not answer");
      }
      LockSupport.parkNanos(20_000_000);
    }
    String answer = Files.readString(files.reloadAnswer());
    if (answer.startsWith("failed: ")) {
      throw new CommandException(answer.substring(8));
    }
    spec.commandLine().getOut().println("Sluice reloaded" + answer.substring(2));
    return 0;
  }
}
