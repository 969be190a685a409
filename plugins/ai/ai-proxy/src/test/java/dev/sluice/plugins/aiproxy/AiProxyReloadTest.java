package dev.sluice.plugins.aiproxy;

import dev.sluice.plugins.ai.JsonBodies;
import dev.sluice.plugins.ai.llm.Llm;
import dev.sluice.plugins.serverless.FunctionClient;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;

class AiProxyReloadTest extends HotReloadContract {

  private final TestBackend provider = TestBackend.echo();

  @AfterEach
  void close() {
    provider.close();
  }

  @Override
  protected String plugin() {
    return "ai-proxy";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(JsonBodies.class).library(Llm.class).library(FunctionClient.class);
  }

  /** Requests of the load have no body: they are preserved. */
  @Override
  protected JsonObject config() {
    return new JsonObject()
        .put("route_type", "preserve")
        .put("logging", new JsonObject().put("log_statistics", true))
        .put("model", new JsonObject()
            .put("provider", "openai")
            .put("name", "gpt")
            .put("options", new JsonObject().put("upstream_url", "http://127.0.0.1:" + provider.port())));
  }
}
