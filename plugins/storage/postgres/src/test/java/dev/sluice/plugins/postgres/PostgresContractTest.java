package dev.sluice.plugins.postgres;

import dev.sluice.api.store.Migrations;
import dev.sluice.api.store.StoreFactory;
import dev.sluice.testkit.contract.StoreContract;
import dev.sluice.testkit.fake.FakePluginContext;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresContractTest extends StoreContract {

  private static PostgresServer server;

  @BeforeAll
  static void begin() {
    server = PostgresServer.begin();
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @Override
  protected StoreFactory factory() {
    return new PostgresPlugin().stores().get(0);
  }

  @Override
  protected void configure(FakePluginContext node) {
    server.settings(PostgresServer.newSchema()).forEach(node::set);
    Migrations migrations = factory().create(node).migrations().orElseThrow();
    await(migrations.migrate(Duration.ofSeconds(10)));
    await(migrations.close());
  }

  @Override
  protected void keepRevisions(FakePluginContext node, int revisions) {
    node.set(Settings.KEPT_REVISIONS, Integer.toString(revisions));
  }

  @Override
  protected void purgeEvery(FakePluginContext node, Duration interval) {
    node.set(Settings.PURGE_INTERVAL, Double.toString(interval.toMillis() / 1000.0));
  }
}
