package dev.sluice.plugins.postgres;

import dev.sluice.api.store.SharedCounters;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/** Numbers in a table of their own, beside the commits: to count locks nothing that a commit locks. */
final class PostgresCounters implements SharedCounters {

  static final String PURGE = "DELETE FROM sluice_counters WHERE expires_at <= $1";

  private static final String READ =
      "SELECT name, amount FROM sluice_counters WHERE name = ANY($1) AND expires_at > $2";

  /** In the order of names, so that two nodes never wait for each other. One whose time is over begins anew. */
  private static final String ADD =
      """
      INSERT INTO sluice_counters AS c (name, amount, expires_at)
        SELECT a.name, a.amount, $4 + a.seconds
        FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS a (name, amount, seconds) ORDER BY a.name
      ON CONFLICT (name) DO UPDATE SET
        amount = excluded.amount + CASE WHEN c.expires_at > $4 THEN c.amount ELSE 0 END,
        expires_at = CASE WHEN c.expires_at > $4 THEN c.expires_at ELSE excluded.expires_at END
      RETURNING c.name, c.amount""";

  private final BiFunction<String, Tuple, Future<RowSet<Row>>> database;
  private final LongSupplier now;

  /**
   * Makes counters.
   *
   * @param database runs a statement
   * @param now seconds since the epoch
   */
  PostgresCounters(BiFunction<String, Tuple, Future<RowSet<Row>>> database, LongSupplier now) {
    this.database = database;
    this.now = now;
  }

  @Override
  public Future<long[]> read(List<String> names) {
    List<String> keys = names.stream().map(Texts::key).toList();
    return database
        .apply(READ, Tuple.of(keys.toArray(String[]::new), now.getAsLong()))
        .map(rows -> amounts(rows, keys));
  }

  @Override
  public Future<long[]> add(List<Addition> additions) {
    Map<String, Long> amounts = new HashMap<>();
    Map<String, Long> seconds = new HashMap<>();
    List<String> keys = additions.stream().map(addition -> Texts.key(addition.name())).toList();
    for (int i = 0; i < keys.size(); i++) {
      amounts.merge(keys.get(i), additions.get(i).amount(), Long::sum);
      seconds.merge(keys.get(i), additions.get(i).seconds(), Math::max);
    }
    String[] distinct = amounts.keySet().toArray(String[]::new);
    Long[] sums = new Long[distinct.length];
    Long[] lives = new Long[distinct.length];
    for (int i = 0; i < distinct.length; i++) {
      sums[i] = amounts.get(distinct[i]);
      lives[i] = seconds.get(distinct[i]);
    }
    return database
        .apply(ADD, Tuple.of(distinct, sums, lives, now.getAsLong()))
        .map(rows -> amounts(rows, keys));
  }

  private static long[] amounts(RowSet<Row> rows, List<String> keys) {
    Map<String, Long> found = new HashMap<>();
    rows.forEach(row -> found.put(row.getString(0), row.getLong(1)));
    return keys.stream().mapToLong(key -> found.getOrDefault(key, 0L)).toArray();
  }
}
