package dev.sluice.kernel.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code sluice}. Exit codes: 0 done, 1 failed, 2 not understood. */
@Command(
    name = "sluice",
    description = "An API gateway that speaks Kong's language.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  private Main() {}

  /** Runs a command; the process ends with its exit code. */
  public static void main(String[] arguments) {
    PlainLogback.use();
    // Unless told otherwise the log of the libraries goes to the standard output, into the answers of the commands.
    Logs.set("warn", "text");
    int code =
        run(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            arguments);
    // Not System.exit while the gateway serves: a foreground start only returns when it is over.
    System.exit(code);
  }

  /** Runs a command and gives back its exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    Optional<StartCommand> plain = PlainStart.of(arguments);
    if (plain.isPresent()) {
      try {
        return plain.get().call();
      } catch (Exception e) {
        return failed(e, err, false);
      }
    }
    return line(arguments)
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler(
            (cause, command, parsed) ->
                failed(cause, command.getErr(), parsed.hasMatchedOption("--v") || parsed.hasMatchedOption("--vv")))
        .execute(arguments);
  }

  /** Knows the command that is asked for, and all of them only where they are asked about. */
  private static CommandLine line(String... arguments) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("start", StartCommand::new);
    commands.put("stop", StopCommand::new);
    commands.put("reload", ReloadCommand::new);
    commands.put("check", CheckCommand::new);
    commands.put("config", ConfigCommand::new);
    commands.put("version", VersionCommand::new);
    commands.put("health", HealthCommand::new);
    commands.put("migrations", MigrationsCommand::new);
    commands.put("archive-classes", ArchiveCommand::new);
    if (arguments.length > 0 && commands.containsKey(arguments[0])) {
      commands.keySet().retainAll(Set.of(arguments[0]));
    }
    CommandLine line = new CommandLine(new Main());
    commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
    return line;
  }

  private static int failed(Exception cause, PrintWriter err, boolean verbose) {
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    err.println("Error: " + message);
    err.println();
    if (verbose) {
      cause.printStackTrace(err);
    } else {
      err.println("  Run with --v (verbose) or --vv (debug) for more details");
    }
    return 1;
  }

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }
}
