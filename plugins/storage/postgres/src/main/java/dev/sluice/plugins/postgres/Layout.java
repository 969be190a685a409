package dev.sluice.plugins.postgres;

import dev.sluice.api.store.Migrations.State;
import dev.sluice.api.store.StoreException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The tables and functions of a database, and the steps that lead to them. */
final class Layout {

  /** The steps that this release knows; each is a script of that name. */
  static final List<String> STEPS = List.of("001_base", "002_basis", "003_counters");

  private Layout() {}

  static Future<State> state(Client client, String database) {
    return client
        .query("SELECT to_regclass('sluice_migrations') IS NOT NULL", Tuple.tuple())
        .compose(
            there ->
                there.iterator().next().getBoolean(0)
                    ? client.query("SELECT name FROM sluice_migrations ORDER BY number", Tuple.tuple()).map(Layout::names)
                    : Future.succeededFuture(List.<String>of()))
        .map(
            executed -> {
              List<String> pending = new ArrayList<>(STEPS);
              pending.removeAll(executed);
              int unknown = (int) executed.stream().filter(name -> !STEPS.contains(name)).count();
              return new State(database, executed, List.copyOf(pending), unknown);
            });
  }

  private static List<String> names(RowSet<Row> rows) {
    List<String> names = new ArrayList<>();
    rows.forEach(row -> names.add(row.getString(0)));
    return List.copyOf(names);
  }

  /** Lets only a layout pass that this release can read and write. */
  static Future<Void> check(State state) {
    if (state.needsBootstrap()) {
      return Future.failedFuture(
          new StoreException.Unprepared(
              """
              Database needs bootstrapping or is older than Kong 1.0.

              To start a new installation from scratch, run 'sluice migrations bootstrap'.

              A database of Kong's is not read. To take its entities over, export them there with
              'kong config db_export' and import the file here with 'sluice config import'."""));
    } else if (!state.pending().isEmpty()) {
      return Future.failedFuture(
          new StoreException.Unprepared("New migrations available; run 'sluice migrations up' to proceed"));
    } else if (state.unknown() > 0) {
      return Future.failedFuture(
          new StoreException.Unprepared(
              "the database '" + state.database() + "' has layout " + state.executed().get(state.executed().size() - 1)
                  + ", but this release knows none later than " + STEPS.get(STEPS.size() - 1)
                  + ": it was migrated by a newer release, which is needed to use it"));
    }
    return Future.succeededFuture();
  }

  static String script(String step) {
    try (InputStream in = Layout.class.getResourceAsStream(step + ".sql")) {
      if (in == null) {
        throw new IllegalStateException(step + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
