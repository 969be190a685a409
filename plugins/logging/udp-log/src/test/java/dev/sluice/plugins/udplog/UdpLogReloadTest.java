package dev.sluice.plugins.udplog;

import dev.sluice.plugins.logging.Queues;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;

class UdpLogReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "udp-log";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(Queues.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject().put("host", "127.0.0.1").put("port", 9);
  }
}
