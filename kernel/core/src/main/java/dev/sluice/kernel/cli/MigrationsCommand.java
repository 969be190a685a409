package dev.sluice.kernel.cli;

import dev.sluice.api.store.Migrations;
import dev.sluice.api.store.Migrations.State;
import dev.sluice.kernel.boot.NodeConfig;
import dev.sluice.kernel.boot.StoreMigrations;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings the layout of a database up to date that several nodes share. */
@Command(
    name = "migrations",
    mixinStandardHelpOptions = true,
    description = "Manage the layout of the database.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      MigrationsCommand.Bootstrap.class,
      MigrationsCommand.Up.class,
      MigrationsCommand.Finish.class,
      MigrationsCommand.ListAll.class,
      MigrationsCommand.Status.class
    })
final class MigrationsCommand implements Callable<Integer> {

  private static final int NEEDS_BOOTSTRAP = 3;
  private static final int NEW_AVAILABLE = 5;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return 0;
  }

  /** What all of them share. */
  abstract static class Step implements Callable<Integer> {

    @Mixin private NodeOptions node;
    @Spec private CommandSpec spec;

    @Option(names = {"-q", "--quiet"}, description = "Say nothing but errors.")
    private boolean quiet;

    @Option(names = "--db-timeout", paramLabel = "SECONDS", description = "For one statement; as pg_timeout.")
    private Optional<Integer> databaseTimeout = Optional.empty();

    @Option(
        names = "--lock-timeout",
        paramLabel = "SECONDS",
        defaultValue = "60",
        description = "How long to wait for another runner (default: ${DEFAULT-VALUE}).")
    private int lockTimeout;

    private String database = "";

    @Override
    public final Integer call() throws InterruptedException {
      NodeConfig config =
          node.config(
              databaseTimeout.map(seconds -> Map.of("pg_timeout", Long.toString(seconds * 1000L))).orElse(Map.of()));
      try (StoreMigrations store = new StoreMigrations(config)) {
        if (store.migrations().isEmpty()) {
          say("The store '" + config.string("database") + "' brings its layout up to date by itself");
          return 0;
        }
        Migrations migrations = store.migrations().get();
        State state = StoreMigrations.await(migrations.state());
        database = state.database();
        return run(migrations, state);
      }
    }

    abstract int run(Migrations migrations, State state) throws InterruptedException;

    final void say(String line) {
      if (!quiet) {
        out().println(line);
      }
    }

    final PrintWriter out() {
      return spec.commandLine().getOut();
    }

    final void migrate(Migrations migrations) throws InterruptedException {
      List<String> taken = StoreMigrations.await(migrations.migrate(Duration.ofSeconds(lockTimeout)));
      if (!taken.isEmpty()) {
        say("migrating core on database '" + database + "'...");
        taken.forEach(step -> say("core migrated up to: " + step + " (executed)"));
        say(taken.size() + (taken.size() == 1 ? " migration" : " migrations") + " processed");
        say(taken.size() + " executed");
      }
      say("Database is up-to-date");
    }

    static CommandException needsBootstrap() {
      return new CommandException(
          """
          Database needs bootstrapping or is older than Kong 1.0.

          To start a new installation from scratch, run 'sluice migrations bootstrap'.""");
    }
  }

  /** Makes the layout in an empty database. */
  @Command(name = "bootstrap", mixinStandardHelpOptions = true, description = "Make the layout in an empty database.")
  static final class Bootstrap extends Step {
    @Override
    int run(Migrations migrations, State state) throws InterruptedException {
      if (!state.needsBootstrap()) {
        say("Database already bootstrapped");
        if (!state.pending().isEmpty()) {
          say("New migrations available; run 'sluice migrations up' to proceed");
        }
        return 0;
      }
      say("Bootstrapping database...");
      migrate(migrations);
      return 0;
    }
  }

  /** Takes the steps that a newer release brings. */
  @Command(name = "up", mixinStandardHelpOptions = true, description = "Take the steps that this release brings.")
  static final class Up extends Step {
    @Override
    int run(Migrations migrations, State state) throws InterruptedException {
      if (state.needsBootstrap()) {
        throw needsBootstrap();
      } else if (state.pending().isEmpty()) {
        say("Database is already up-to-date");
      } else {
        migrate(migrations);
      }
      return 0;
    }
  }

  /** Kong's second phase, which is never pending here. */
  @Command(name = "finish", mixinStandardHelpOptions = true, description = "Nothing is ever left to finish.")
  static final class Finish extends Step {
    @Override
    int run(Migrations migrations, State state) {
      if (state.needsBootstrap()) {
        throw needsBootstrap();
      }
      say("No pending migrations to finish");
      return 0;
    }
  }

  /** Shows the steps; the exit code says what is to be done. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Show the steps. Exit code 3: needs bootstrapping, 5: new ones are available.")
  static final class ListAll extends Step {
    @Override
    int run(Migrations migrations, State state) {
      if (state.needsBootstrap()) {
        say("Database needs bootstrapping or is older than Kong 1.0.");
        say("");
        say("To start a new installation from scratch, run 'sluice migrations bootstrap'.");
        return NEEDS_BOOTSTRAP;
      }
      say("Executed migrations:");
      say("core: " + String.join(", ", state.executed()));
      if (!state.pending().isEmpty()) {
        say("");
        say("New migrations available:");
        say("core: " + String.join(", ", state.pending()));
        say("");
        say("Run 'sluice migrations up' to proceed with upgrading the database.");
        return NEW_AVAILABLE;
      }
      return 0;
    }
  }

  /** Shows the steps for programs. */
  @Command(name = "status", mixinStandardHelpOptions = true, description = "Show the steps as JSON.")
  static final class Status extends Step {
    @Override
    int run(Migrations migrations, State state) {
      JsonObject shown = new JsonObject();
      if (state.needsBootstrap()) {
        shown.put("needs_bootstrap", true);
      }
      if (!state.executed().isEmpty()) {
        shown.put("executed_migrations", core(state.executed()));
      }
      if (!state.pending().isEmpty()) {
        shown.put("new_migrations", core(state.pending()));
      }
      out().println(shown.encode());
      return 0;
    }

    private static JsonArray core(List<String> steps) {
      return new JsonArray()
          .add(
              new JsonObject()
                  .put("subsystem", "core")
                  .put("namespace", "kong.db.migrations.core")
                  .put("migrations", new JsonArray(steps)));
    }
  }
}
