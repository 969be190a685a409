package dev.sluice.kernel.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Stops a gateway. */
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    description = "Stop the gateway: it takes no more connections, lets requests end, then ends.")
final class StopCommand implements Callable<Integer> {

  @Mixin private NodeOptions node;
  @Spec private CommandSpec spec;

  @Option(
      names = {"-t", "--timeout"},
      defaultValue = "40",
      paramLabel = "SECONDS",
      description = "How long to wait before it is ended by force (${DEFAULT-VALUE}).")
  private int timeout;

  @Override
  public Integer call() throws Exception {
    Path prefix = node.config().prefix();
    NodeFiles files = new NodeFiles(prefix);
    ProcessHandle process =
        files
            .process()
            .orElseThrow(() -> new CommandException("Sluice is not running at " + prefix + " (" + files.state() + ")"));
    process.destroy();
    try {
      process.onExit().get(timeout, TimeUnit.SECONDS);
      spec.commandLine().getOut().println("Sluice stopped");
    } catch (TimeoutException e) {
      process.destroyForcibly();
      files.remove();
      spec.commandLine().getOut().println("Timeout, Sluice stopped forcefully");
    }
    return 0;
  }
}
