package dev.sluice.plugins.ledger;

import dev.sluice.plugins.deployment.Records;
import dev.sluice.plugins.sqlite.SqlitePlugin;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.EndpointsAlone;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody opens the file of the store beside the gateway, and changes what has happened. */
class LedgerFileTest extends LedgerFixture {

  private static final String SIZE = "sluice.ledger.records";

  @TempDir private Path folder;

  @BeforeEach
  void start() {
    gateway = TestGateway.with(new SqlitePlugin(), new LedgerPlugin(), new Writer(), new EndpointsAlone())
        .ownParts()
        .setting("sqlite_path", folder.resolve("sluice.db").toString())
        .start();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  /** Runs statements in the file. */
  private void outside(String sql, Object... values) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(10_000);
    try (Connection file = config.createConnection("jdbc:sqlite:" + folder.resolve("sluice.db"));
        PreparedStatement statement = file.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      assertThat(statement.executeUpdate()).as("rows changed").isEqualTo(1);
    }
  }

  private <T> T inside(long number, Function<ResultSet, T> reader) throws SQLException {
    try (Connection file = new SQLiteConfig().createConnection("jdbc:sqlite:" + folder.resolve("sluice.db"));
        PreparedStatement statement =
            file.prepareStatement("SELECT document, workspace, revision FROM entities WHERE type = 'switches' AND id = ?")) {
      statement.setString(1, Records.id(number));
      try (ResultSet row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
        return reader.apply(row);
      }
    }
  }

  /** Changes a record as one who knows the layout would: the row's own checksum is right again. */
  private void forge(long number, UnaryOperator<JsonObject> change) throws SQLException {
    Object[] row = inside(number, found -> {
      try {
        return new Object[] {found.getString(1), found.getString(2), found.getLong(3)};
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    });
    String document = change.apply(new JsonObject((String) row[0])).encode();
    CRC32C sum = new CRC32C();
    for (String text : new String[] {"switches", Records.id(number), (String) row[1], document}) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      sum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, bytes.length));
      sum.update(bytes);
    }
    sum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, (long) row[2]));
    outside(
        "UPDATE entities SET document = ?, checksum = ? WHERE type = 'switches' AND id = ?",
        document, sum.getValue(), Records.id(number));
  }

  private void broken(long at, String why) {
    JsonObject chain = chain("/switches");
    assertThat(chain.getBoolean("valid")).as(chain.encode()).isFalse();
    assertThat(chain.getLong("broken_at")).isEqualTo(at);
    assertThat(chain.getString("reason")).isEqualTo(why);
  }

  @Test
  void aForgedRecordIsNamed() throws SQLException {
    fill(5);
    assertThat(chain("/switches").getBoolean("valid")).isTrue();
    forge(2, row -> row.put("by", "somebody else"));
    broken(2, "record 2 was changed");
    forge(2, row -> row.put("by", "admin"));
    assertThat(chain("/switches").getBoolean("valid")).as("it was only that").isTrue();
  }

  @Test
  void aRecordThatIsTakenOutIsNamed() throws SQLException {
    fill(5);
    outside("DELETE FROM entities WHERE type = 'switches' AND id = ?", Records.id(3));
    broken(3, "record 3 is missing");
    assertThat(append(ONE)).as("what happens now is written down still").isEqualTo(6);
  }

  @Test
  void whatTheStoreItselfTakesForDamageIsNamedAndHidesNothing() throws SQLException {
    fill(5);
    outside(
        "UPDATE entities SET document = replace(document, 'reason 4', 'reason 9') WHERE type = 'switches' AND id = ?",
        Records.id(4));
    broken(4, "record 4 is damaged");
    assertThat(get("/switches").getJsonArray("data")).as("the others are shown").hasSize(4);
    assertThat(append(ONE)).isEqualTo(6);
  }

  /** How long it takes with many records, printed: {@code -Dsluice.ledger.records=10000}. */
  @Test
  @EnabledIfSystemProperty(named = SIZE, matches = "[0-9]+")
  void howLongItTakes() {
    fill(Integer.getInteger(SIZE));
    int times = 50;
    for (int round = 0; round < 2; round++) {
      long begun = System.nanoTime();
      for (int i = 0; i < times; i++) {
        append(ONE);
      }
      long appended = System.nanoTime();
      for (int i = 0; i < times; i++) {
        get("/switches");
      }
      long read = System.nanoTime();
      System.out.printf(Locale.ROOT, "%s records: append %.2f ms, GET /switches %.2f ms%n",
          System.getProperty(SIZE), (appended - begun) / 1e6 / times, (read - appended) / 1e6 / times);
    }
  }
}
