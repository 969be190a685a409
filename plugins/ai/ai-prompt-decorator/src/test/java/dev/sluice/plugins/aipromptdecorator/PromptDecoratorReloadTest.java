package dev.sluice.plugins.aipromptdecorator;

import dev.sluice.plugins.ai.JsonBodies;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class PromptDecoratorReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "ai-prompt-decorator";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(JsonBodies.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject().put("prompts", new JsonObject()
        .put("append", new JsonArray().add(new JsonObject().put("content", "x"))));
  }

  /** Requests of the load have no body; the refusal is the plugin's own answer. */
  @Override
  protected boolean good(int status) {
    return status == 400;
  }
}
