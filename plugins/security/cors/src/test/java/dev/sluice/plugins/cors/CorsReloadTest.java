package dev.sluice.plugins.cors;

import com.google.re2j.Pattern;
import dev.sluice.plugins.routing.Regex;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

class CorsReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "cors";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(Regex.class).library(Pattern.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject().put("origins", new JsonArray().add("http://.*\\.test"));
  }

  @Override
  protected Map<String, String> headers() {
    return Map.of("Origin", "http://a.test");
  }
}
