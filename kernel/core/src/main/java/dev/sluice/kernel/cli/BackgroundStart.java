package dev.sluice.kernel.cli;

import dev.sluice.kernel.boot.NodeConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts a gateway as a process of its own and waits until it serves. */
final class BackgroundStart {

  private static final long PATIENCE_MILLIS = 60_000;

  private final PrintWriter out;
  private final NodeFiles files;

  BackgroundStart(PrintWriter out, NodeFiles files) {
    this.out = out;
    this.files = files;
  }

  int run(NodeConfig config, NodeOptions node, boolean demo) throws IOException, InterruptedException {
    Path home =
        StartCommand.home()
            .orElseThrow(() -> new CommandException("--background needs the script bin/sluice to start with"));
    Path logs = config.prefix().resolve("logs");
    Files.createDirectories(logs);
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/sluice").toString(), "start"));
    node.conf().ifPresent(file -> command.addAll(List.of("-c", file.toString())));
    command.addAll(List.of("-p", config.prefix().toString()));
    if (demo) {
      command.add("--demo");
    }
    Path log = logs.resolve("sluice.log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (files.process().isEmpty()) {
      if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new CommandException("Sluice could not start, see " + log);
      }
      if (System.nanoTime() > end) {
        throw new CommandException("Sluice did not start within a minute, see " + log);
      }
    }
    out.println("Sluice started, process " + process.pid() + ", log " + log);
    return 0;
  }
}
