package dev.sluice.kernel.cli;

import dev.sluice.kernel.boot.Kernel;
import dev.sluice.kernel.boot.NodeConfig;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks the settings of a node without starting it. */
@Command(name = "check", mixinStandardHelpOptions = true, description = "Check a configuration file.")
final class CheckCommand implements Callable<Integer> {

  @Mixin private NodeOptions node;
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "The file; without it the one that start would use.")
  private Path file;

  @Override
  public Integer call() {
    Optional<Path> asked = Optional.ofNullable(file).or(node::conf);
    NodeConfig config = node.config(asked);
    Kernel.check(config);
    config.warnings().forEach(warning -> spec.commandLine().getErr().println("Warning: " + warning));
    spec.commandLine()
        .getOut()
        .println("configuration at " + asked.map(Path::toString).orElse("its default place") + " is valid");
    return 0;
  }
}
