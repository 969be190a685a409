package dev.sluice.plugins.postgres;

import dev.sluice.api.NodeInfo;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The node's settings for this store.
 *
 * @param connection how to connect
 * @param pool how many connections there are, and how long one waits for one
 * @param schema that the tables are in; empty for the connection's own
 * @param timeout of one query
 * @param keptRevisions how far back the log of changes reaches
 * @param purgeInterval how often expired rows are looked for
 */
record Settings(
    PgConnectOptions connection,
    PoolOptions pool,
    Optional<String> schema,
    Duration timeout,
    long keptRevisions,
    Duration purgeInterval) {

  static final String KEPT_REVISIONS = "pg_log_revisions";
  static final String PURGE_INTERVAL = "pg_purge_interval";

  private static final int POOL = 10;

  static Settings of(NodeInfo node) {
    Duration timeout = Duration.ofMillis(Math.max(1, (long) number(node, "pg_timeout", 5000)));
    Optional<String> schema = text(node, "pg_schema");
    PgConnectOptions connection =
        new PgConnectOptions()
            .setHost(text(node, "pg_host").orElse("127.0.0.1"))
            .setPort((int) number(node, "pg_port", 5432))
            .setUser(text(node, "pg_user").orElse("kong"))
            .setPassword(text(node, "pg_password").orElse(""))
            .setDatabase(text(node, "pg_database").orElse("kong"))
            .setConnectTimeout((int) timeout.toMillis())
            .setTcpKeepAlive(true)
            .setCachePreparedStatements(true);
    connection.addProperty("application_name", "sluice");
    schema.ifPresent(name -> connection.addProperty("search_path", quoted(name)));
    Encryption.of(node).ifPresent(encryption -> encryption.apply(connection));
    return new Settings(
        connection,
        pool(node),
        schema,
        timeout,
        (long) Math.max(1, number(node, KEPT_REVISIONS, 10_000)),
        Duration.ofMillis(Math.max(1, (long) (1000 * number(node, PURGE_INTERVAL, 60)))));
  }

  private static PoolOptions pool(NodeInfo node) {
    int limit = (int) number(node, "pg_max_concurrent_queries", 0);
    int size = (int) number(node, "pg_pool_size", limit > 0 ? limit : POOL);
    PoolOptions pool =
        new PoolOptions()
            .setMaxSize(Math.max(1, limit > 0 ? Math.min(limit, size) : size))
            .setEventLoopSize(1)
            .setConnectionTimeout((int) Math.max(1, number(node, "pg_semaphore_timeout", 60_000)))
            .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
    double idle = number(node, "pg_keepalive_timeout", 0);
    if (idle > 0) {
      pool.setIdleTimeout((int) idle).setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    }
    double backlog = number(node, "pg_backlog", 0);
    return backlog > 0 ? pool.setMaxWaitQueueSize((int) backlog) : pool;
  }

  /** The database's name, for people. */
  String database() {
    return connection.getDatabase();
  }

  /** A name as an identifier of a statement. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static Optional<String> text(NodeInfo node, String key) {
    return node.setting(key).map(String::trim).filter(given -> !given.isEmpty());
  }

  private static double number(NodeInfo node, String key, double byDefault) {
    String given = text(node, key).orElse("");
    try {
      return given.isEmpty() ? byDefault : Double.parseDouble(given);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + " is not a number: '" + given + "'", e);
    }
  }
}
