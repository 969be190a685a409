package dev.sluice.plugins.postgres;

import dev.sluice.api.PluginContext;
import dev.sluice.api.Registration;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.function.Function;

/** A pool of connections of which no query takes longer than it may. Safe for all threads. */
final class Client implements AutoCloseable {

  private final PluginContext context;
  private final Duration timeout;
  private final Pool pool;

  Client(PluginContext context, Settings settings) {
    this.context = context;
    this.timeout = settings.timeout();
    this.pool =
        PgBuilder.pool().with(settings.pool()).connectingTo(settings.connection()).using(context.vertx()).build();
  }

  Future<RowSet<Row>> query(Sql sql) {
    return query(sql.text(), sql.arguments(), timeout);
  }

  Future<RowSet<Row>> query(String sql, Tuple arguments) {
    return query(sql, arguments, timeout);
  }

  /** A query that may take longer than others. */
  Future<RowSet<Row>> query(String sql, Tuple arguments, Duration longer) {
    return within(longer, pool.preparedQuery(sql).execute(arguments));
  }

  /** Lends a connection for several statements; each is to be limited by {@link #within}. */
  <T> Future<T> connected(Function<SqlConnection, Future<T>> work) {
    return within(timeout, pool.getConnection())
        .compose(connection -> work.apply(connection).eventually(() -> connection.close()));
  }

  /** An answer that comes in time, or a failure: a server may hold a connection open and answer nothing. */
  <T> Future<T> within(Duration patience, Future<T> answer) {
    Promise<T> outcome = Promise.promise();
    Registration late =
        context.after(
            patience,
            () -> outcome.tryFail(Failures.of("no answer within " + patience.toMillis() + " ms (pg_timeout)")));
    answer.onComplete(
        done -> {
          late.close();
          if (done.succeeded()) {
            outcome.tryComplete(done.result());
          } else {
            outcome.tryFail(done.cause());
          }
        });
    return outcome.future();
  }

  /** Waits. */
  Future<Void> pause(Duration delay) {
    Promise<Void> over = Promise.promise();
    context.after(delay, over::tryComplete);
    return over.future();
  }

  Future<Void> end() {
    return pool.close();
  }

  @Override
  public void close() {
    end();
  }
}
