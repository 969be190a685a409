package dev.sluice.plugins.dns;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** Names go on being resolved, by whichever generation is there. */
class DnsReloadTest extends HotReloadContract {

  private final DnsServer server = DnsServer.start().a("reload.test", 0, "127.0.0.1");

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  protected String plugin() {
    return "dns";
  }

  @Override
  protected TestJar jar() {
    return super.jar().withInsides();
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("dns_resolver", server.address(), "dns_hostsfile", "/dev/null");
  }

  @Override
  protected void configure(TestGateway gateway, JsonObject route) {
    int port = gateway.backend(TestBackend.echo()).port();
    JsonObject service =
        gateway.create(CoreEntities.SERVICES, new JsonObject().put("host", "reload.test").put("port", port));
    gateway.update(
        CoreEntities.ROUTES,
        route.getString("id"),
        new JsonObject().put("service", new JsonObject().put("id", service.getString("id"))));
  }

  @Override
  protected JsonObject config() {
    return new JsonObject();
  }
}
