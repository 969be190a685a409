package dev.sluice.plugins.declarative;

import dev.sluice.api.store.StoreFactory;
import dev.sluice.testkit.contract.StoreContract;
import dev.sluice.testkit.fake.FakePluginContext;
import java.time.Duration;

class DeclarativeContractTest extends StoreContract {

  @Override
  protected StoreFactory factory() {
    return new DeclarativePlugin().stores().get(0);
  }

  @Override
  protected void configure(FakePluginContext node) {}

  @Override
  protected void keepRevisions(FakePluginContext node, int revisions) {
    node.set(Settings.KEPT_REVISIONS, Integer.toString(revisions));
  }

  @Override
  protected void purgeEvery(FakePluginContext node, Duration interval) {
    node.set(Settings.PURGE_INTERVAL, Double.toString(interval.toMillis() / 1000.0));
  }

  /** Nobody else follows this store: what was declared is in the file, how it came about is not. */
  @Override
  protected boolean keepsLogOverReopening() {
    return false;
  }
}
