package dev.sluice.plugins.postgres;

import dev.sluice.api.PluginContext;
import dev.sluice.api.store.Migrations;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Takes the steps of the layout, one runner at a time, each step in a transaction. */
final class PostgresMigrations implements Migrations {

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration STEP = Duration.ofMinutes(10);

  /** "SLUI" as a number: whoever holds this lock of the database is the one who migrates. */
  private static final long LOCK = 0x534c5549;

  private final Client client;
  private final Settings settings;

  PostgresMigrations(PluginContext context, Settings settings) {
    this.client = context.own(new Client(context, settings));
    this.settings = settings;
  }

  @Override
  public Future<State> state() {
    return Layout.state(client, settings.database()).recover(e -> Future.failedFuture(Failures.of(e)));
  }

  @Override
  public Future<List<String>> migrate(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    return client
        .connected(
            connection ->
                lock(connection, deadline)
                    .compose(locked -> prepare(connection))
                    .compose(prepared -> state())
                    .compose(state -> take(connection, state.pending()))
                    .eventually(() -> statement(connection, "SELECT pg_advisory_unlock(" + LOCK + ")")))
        .recover(e -> Future.failedFuture(Failures.of(e)));
  }

  private Future<Void> lock(SqlConnection connection, long deadline) {
    return client
        .within(settings.timeout(), connection.query("SELECT pg_try_advisory_lock(" + LOCK + ")").execute())
        .compose(
            answer -> {
              if (answer.iterator().next().getBoolean(0)) {
                return Future.succeededFuture();
              } else if (System.nanoTime() - deadline > 0) {
                return Future.failedFuture(Failures.of("aborted: another node is performing database changes"));
              }
              return client.pause(LOOK).compose(waited -> lock(connection, deadline));
            });
  }

  private Future<Void> prepare(SqlConnection connection) {
    String table =
        "CREATE TABLE IF NOT EXISTS sluice_migrations ("
            + "number int PRIMARY KEY, name text NOT NULL UNIQUE, executed_at timestamptz NOT NULL DEFAULT now())";
    return settings
        .schema()
        .map(name -> statement(connection, "CREATE SCHEMA IF NOT EXISTS " + Settings.quoted(name)))
        .orElse(Future.succeededFuture())
        .compose(made -> statement(connection, table));
  }

  private Future<List<String>> take(SqlConnection connection, List<String> steps) {
    Future<List<String>> taken = Future.succeededFuture(new ArrayList<>());
    for (String step : steps) {
      taken = taken.compose(so -> take(connection, step).map(done -> {
        so.add(step);
        return so;
      }));
    }
    return taken;
  }

  private Future<Void> take(SqlConnection connection, String step) {
    Tuple row = Tuple.of(Layout.STEPS.indexOf(step) + 1, step);
    return connection
        .begin()
        .compose(
            transaction ->
                statement(connection, Layout.script(step))
                    .compose(
                        made ->
                            connection
                                .preparedQuery("INSERT INTO sluice_migrations (number, name) VALUES ($1, $2)")
                                .execute(row))
                    .compose(noted -> transaction.commit())
                    .recover(
                        e -> transaction.rollback().otherwiseEmpty().compose(undone -> Future.failedFuture(e))));
  }

  private Future<Void> statement(SqlConnection connection, String sql) {
    return client.within(STEP, connection.query(sql).execute()).mapEmpty();
  }

  @Override
  public Future<Void> close() {
    return client.end();
  }
}
