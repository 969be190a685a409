package dev.sluice.plugins.airequesttransformer;

import com.google.re2j.Pattern;
import dev.sluice.plugins.ai.JsonBodies;
import dev.sluice.plugins.ai.llm.Llm;
import dev.sluice.plugins.serverless.FunctionClient;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;

class TransformerReloadTest extends HotReloadContract {

  private final TestBackend provider = Models.saying("Hello");

  @AfterEach
  void close() {
    provider.close();
  }

  @Override
  protected String plugin() {
    return "ai-request-transformer";
  }

  @Override
  protected TestJar jar() {
    return super.jar()
        .library(JsonBodies.class)
        .library(Llm.class)
        .library(FunctionClient.class)
        .library(Pattern.class);
  }

  @Override
  protected JsonObject config() {
    return Models.config(provider);
  }
}
