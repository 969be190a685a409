package dev.sluice.plugins.aiprompttemplate;

import dev.sluice.plugins.ai.JsonBodies;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class PromptTemplateReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "ai-prompt-template";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(JsonBodies.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject()
        .put("templates", new JsonArray().add(new JsonObject().put("name", "t").put("template", "{}")));
  }

  /** Requests of the load have no body; the refusal is the plugin's own answer. */
  @Override
  protected boolean good(int status) {
    return status == 400;
  }
}
