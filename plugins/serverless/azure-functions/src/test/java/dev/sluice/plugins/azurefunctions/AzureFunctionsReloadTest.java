package dev.sluice.plugins.azurefunctions;

import dev.sluice.plugins.serverless.FunctionClient;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;

class AzureFunctionsReloadTest extends HotReloadContract {

  private final TestBackend app = TestBackend.echo();

  @AfterEach
  void close() {
    app.close();
  }

  @Override
  protected String plugin() {
    return "azure-functions";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(FunctionClient.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject()
        .put("appname", "127.0.0")
        .put("hostdomain", "1:" + app.port())
        .put("functionname", "fn")
        .put("https", false);
  }
}
