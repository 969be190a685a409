package dev.sluice.plugins.mtlsauth;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.plugins.authentication.Entrance;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Clients without a certificate go on as somebody else. */
class MtlsAuthReloadTest extends HotReloadContract {

  private JsonArray authorities = new JsonArray();

  @Override
  protected String plugin() {
    return "mtls-auth";
  }

  @Override
  protected TestJar jar() {
    TestJar jar = super.jar();
    List.of(Entrance.class).forEach(jar::library);
    return jar;
  }

  @Override
  protected JsonObject config() {
    return new JsonObject().put("ca_certificates", authorities).put("anonymous", "bob");
  }

  @Override
  protected void prepare(TestGateway gateway) {
    gateway.consumer("bob");
    try {
      authorities =
          new JsonArray()
              .add(
                  gateway
                      .create(CoreEntities.CA_CERTIFICATES, new JsonObject().put("cert", Pki.root("root").cert()))
                      .getString("id"));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
