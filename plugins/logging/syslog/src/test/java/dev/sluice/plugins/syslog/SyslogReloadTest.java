package dev.sluice.plugins.syslog;

import dev.sluice.plugins.logging.Queues;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;

class SyslogReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "syslog";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(Queues.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject();
  }
}
