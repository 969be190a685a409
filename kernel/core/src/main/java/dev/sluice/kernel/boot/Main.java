package dev.sluice.kernel.boot;

import picocli.CommandLine;

/** The command {@code sluice}. */
public final class Main {

  private Main() {}

  /** Runs a command; the process ends with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs a command and gives back its exit code. */
  public static int run(String... arguments) {
    return new CommandLine(new StartCommand()).execute(arguments);
  }
}
