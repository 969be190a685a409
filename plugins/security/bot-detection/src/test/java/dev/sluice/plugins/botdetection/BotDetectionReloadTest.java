package dev.sluice.plugins.botdetection;

import com.google.re2j.Pattern;
import dev.sluice.plugins.routing.Regex;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;

class BotDetectionReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "bot-detection";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(Regex.class).library(Pattern.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject("{\"deny\":[\"evil\"]}");
  }
}
