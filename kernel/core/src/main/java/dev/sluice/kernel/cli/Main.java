package dev.sluice.kernel.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code sluice}. Exit codes: 0 done, 1 failed, 2 not understood. */
@Command(
    name = "sluice",
    description = "An API gateway that speaks Kong's language.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      StartCommand.class,
      StopCommand.class,
      ReloadCommand.class,
      CheckCommand.class,
      ConfigCommand.class,
      VersionCommand.class,
      HealthCommand.class,
      MigrationsCommand.class,
      ArchiveCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
public final class Main implements Runnable {

  private Main() {}

  /** Runs a command; the process ends with its exit code. */
  public static void main(String[] arguments) {
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
    return new CommandLine(new Main())
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler(Main::failed)
        .execute(arguments);
  }

  private static int failed(Exception cause, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    err.println("Error: " + message);
    err.println();
    if (parsed.hasMatchedOption("--v") || parsed.hasMatchedOption("--vv")) {
      cause.printStackTrace(err);
    } else {
      err.println("  Run with --v (verbose) or --vv (debug) for more details");
    }
    return 1;
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
