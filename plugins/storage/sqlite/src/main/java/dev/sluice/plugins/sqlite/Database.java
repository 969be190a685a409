package dev.sluice.plugins.sqlite;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.sqlite.SQLiteConnection;
import org.sqlite.jdbc4.JDBC4Connection;

/**
 * One connection with its prepared statements. For one thread at a time. After an exception it is to be closed: the
 * driver gives up statements that failed.
 */
final class Database implements AutoCloseable {

  private static final int MOST_STATEMENTS = 64;
  private static final int READ_WRITE = 0x2;
  private static final int BUSY_MILLIS = 10_000;

  private final SQLiteConnection connection;
  private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(16, 0.75f, true);

  private Database(SQLiteConnection connection) {
    this.connection = connection;
  }

  /** Reads one row. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Looks at one row. */
  @FunctionalInterface
  interface RowVisitor {
    void visit(ResultSet row) throws SQLException;
  }

  /** Connects to a file that exists, and changes nothing of it. */
  static Database connect(Path file) throws SQLException {
    if (file.toString().indexOf('?') >= 0) {
      throw new SQLException("its path contains a question mark, which SQLite's driver does not support");
    }
    Properties properties = new Properties();
    properties.setProperty("open_mode", Integer.toString(READ_WRITE));
    properties.setProperty("busy_timeout", Integer.toString(BUSY_MILLIS));
    properties.setProperty("jdbc.get_generated_keys", "false");
    // Not through DriverManager: it would keep the driver, and with it this plugin's class loader, for ever.
    SQLiteConnection connection = new JDBC4Connection("jdbc:sqlite:" + file, file.toString(), properties);
    // Transactions are begun and ended by statements; the driver shall not add its own around each.
    connection.getConnectionConfig().setAutoCommit(false);
    return new Database(connection);
  }

  /** Connects for writing: durable as far as the machine allows. */
  static Database writer(Path file) throws SQLException {
    return configured(
        file,
        "PRAGMA synchronous=FULL",
        "PRAGMA fullfsync=ON",
        "PRAGMA checkpoint_fullfsync=ON",
        "PRAGMA journal_size_limit=67108864",
        "PRAGMA cache_size=-16384");
  }

  /** Connects for reading only. */
  static Database reader(Path file) throws SQLException {
    return configured(file, "PRAGMA query_only=ON");
  }

  private static Database configured(Path file, String... pragmas) throws SQLException {
    Database database = connect(file);
    try {
      database.execute("PRAGMA cell_size_check=ON");
      database.execute("PRAGMA trusted_schema=OFF");
      database.execute("PRAGMA temp_store=MEMORY");
      // A mapped file that shrinks or fails under its reader kills the process instead of failing a call.
      database.execute("PRAGMA mmap_size=0");
      for (String pragma : pragmas) {
        database.execute(pragma);
      }
      return database;
    } catch (SQLException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Runs a statement once. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Runs a statement that changes rows. */
  int update(String sql, Object... arguments) throws SQLException {
    return prepared(sql, arguments).executeUpdate();
  }

  /** All rows that a query finds. */
  <T> List<T> query(String sql, RowReader<T> reader, Object... arguments) throws SQLException {
    List<T> read = new ArrayList<>();
    each(sql, row -> read.add(reader.read(row)), arguments);
    return read;
  }

  /** Shows each row that a query finds. */
  void each(String sql, RowVisitor visitor, Object... arguments) throws SQLException {
    try (ResultSet rows = prepared(sql, arguments).executeQuery()) {
      while (rows.next()) {
        visitor.visit(rows);
      }
    }
  }

  /** The first row that a query finds. */
  <T> Optional<T> first(String sql, RowReader<T> reader, Object... arguments) throws SQLException {
    List<T> rows = query(sql, reader, arguments);
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
  }

  /** The number in the first column of the first row; 0 when there is none. */
  long number(String sql, Object... arguments) throws SQLException {
    return first(sql, row -> row.getLong(1), arguments).orElse(0L);
  }

  /** Whether a query finds anything. */
  boolean any(String sql, Object... arguments) throws SQLException {
    try (ResultSet rows = prepared(sql, arguments).executeQuery()) {
      return rows.next();
    }
  }

  private PreparedStatement prepared(String sql, Object... arguments) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
      if (statements.size() > MOST_STATEMENTS) {
        String oldest = statements.keySet().iterator().next();
        statements.remove(oldest).close();
      }
    }
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
    return statement;
  }

  /** Closes the connection; an open transaction is rolled back. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
