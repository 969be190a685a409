package dev.sluice.plugins.aipromptguard;

import com.google.re2j.Pattern;
import dev.sluice.plugins.ai.JsonBodies;
import dev.sluice.plugins.routing.Regex;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

class PromptGuardReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "ai-prompt-guard";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(JsonBodies.class).library(Regex.class).library(Pattern.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject().put("deny_patterns", new JsonArray().add("a+"));
  }

  /** Requests of the load have no body; the refusal is the plugin's own answer. */
  @Override
  protected boolean good(int status) {
    return status == 400;
  }
}
