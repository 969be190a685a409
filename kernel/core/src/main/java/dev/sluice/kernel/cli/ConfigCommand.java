package dev.sluice.kernel.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Works with declarative configuration files. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = "Work with declarative configuration files.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ConfigCommand.Init.class,
      ConfigCommand.Parse.class,
      ConfigCommand.Import.class,
      ConfigCommand.Export.class,
      ConfigCommand.Diff.class
    })
final class ConfigCommand implements Runnable {

  private static final String DEFAULT_FILE = "kong.yml";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static String read(Path file) throws Exception {
    if (!Files.isRegularFile(file)) {
      throw new CommandException("no file at: " + file);
    }
    return Files.readString(file);
  }

  /** Writes an example. */
  @Command(name = "init", mixinStandardHelpOptions = true, description = "Write an example file.")
  static final class Init implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "FILE", defaultValue = DEFAULT_FILE, description = "${DEFAULT-VALUE}")
    private Path file;

    @Override
    public Integer call() throws Exception {
      if (Files.exists(file)) {
        throw new CommandException(file + " already exists.\nWill not overwrite it.");
      }
      try (var example = ConfigCommand.class.getResourceAsStream("kong.yml")) {
        Files.copy(example, file);
      }
      spec.commandLine().getOut().println("example written to " + file);
      return 0;
    }
  }

  /** Checks a file. */
  @Command(name = "parse", mixinStandardHelpOptions = true, description = "Check a file; nothing is changed.")
  static final class Parse implements Callable<Integer> {

    @Mixin private NodeOptions node;
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "YAML or JSON.")
    private Path file;

    @Override
    public Integer call() throws Exception {
      String text = read(file);
      try (ConfigNode gateway = ConfigNode.apart(node)) {
        gateway.post(text, "diff=1").orFail("Failed parsing:\n");
      }
      spec.commandLine().getOut().println("parse successful");
      return 0;
    }
  }

  /** Adds to the database. */
  @Command(
      name = "db_import",
      aliases = {"db-import", "import"},
      mixinStandardHelpOptions = true,
      description = "Bring the entities of a file into the database; all or none. What it does not name stays.")
  static final class Import implements Callable<Integer> {

    @Mixin private NodeOptions node;
    @Spec private CommandSpec spec;

    @Option(names = "--replace", description = "Delete what the file does not name.")
    private boolean replace;

    @Parameters(paramLabel = "FILE", description = "YAML or JSON.")
    private Path file;

    @Override
    public Integer call() throws Exception {
      String text = read(file);
      withDatabase(node, "db_import");
      String keep = replace ? "" : "&keep=1";
      try (ConfigNode gateway = ConfigNode.of(node)) {
        gateway.post(text, "diff=1" + keep).orFail("Failed parsing:\n");
        spec.commandLine().getOut().println("parse successful, beginning import");
        gateway.post(text, "apply=1" + keep).orFail("Failed importing:\n");
      }
      spec.commandLine().getOut().println("import successful");
      return 0;
    }
  }

  private static void withDatabase(NodeOptions node, String command) {
    if (node.config().string("database").equals("off")) {
      throw new CommandException(
          "'sluice config " + command + "' only works with a database.\n"
              + "When not using a database, reload your declarative configuration\n"
              + "using the /config endpoint.");
    }
  }

  /** Writes what the database holds. */
  @Command(
      name = "db_export",
      aliases = {"db-export", "export"},
      mixinStandardHelpOptions = true,
      description = "Write all entities of the database to a file.")
  static final class Export implements Callable<Integer> {

    @Mixin private NodeOptions node;

    @Parameters(arity = "0..1", paramLabel = "FILE", defaultValue = DEFAULT_FILE, description = "${DEFAULT-VALUE}")
    private Path file;

    @Override
    public Integer call() throws Exception {
      withDatabase(node, "db_export");
      if (Files.exists(file)) {
        throw new CommandException(file + " already exists. Will not overwrite it.");
      }
      try (ConfigNode gateway = ConfigNode.of(node)) {
        Files.writeString(file, gateway.export());
      }
      return 0;
    }
  }

  /** Shows what a file would change. */
  @Command(name = "diff", mixinStandardHelpOptions = true, description = "Show what a file would change.")
  static final class Diff implements Callable<Integer> {

    @Mixin private NodeOptions node;
    @Spec private CommandSpec spec;

    @Option(names = "--exit-code", description = "End with 2 when there are differences.")
    private boolean exitCode;

    @Option(names = "--keep", description = "As an import, which deletes nothing.")
    private boolean keep;

    @Parameters(paramLabel = "FILE", description = "YAML or JSON.")
    private Path file;

    @Override
    public Integer call() throws Exception {
      String text = read(file);
      try (ConfigNode gateway = ConfigNode.of(node)) {
        ConfigAnswer answer = gateway.post(text, keep ? "diff=1&keep=1" : "diff=1").orFail("Failed parsing:\n");
        boolean differs = answer.show(spec.commandLine().getOut());
        return differs && exitCode ? 2 : 0;
      }
    }
  }
}
