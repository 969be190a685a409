package dev.sluice.plugins.routerexpressions;

import com.google.re2j.Pattern;
import dev.sluice.plugins.routing.Regex;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.HotReloadContract;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** The router itself is replaced while it routes. */
final class ExpressionsReloadTest extends HotReloadContract {

  @Override
  protected String plugin() {
    return "router-expressions";
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(Regex.class).library(Pattern.class);
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("router_flavor", "expressions");
  }

  @Override
  protected JsonObject config() {
    return new JsonObject();
  }

  /** The route of the load is all that this jar is needed for. */
  @Override
  protected void configure(TestGateway gateway, JsonObject route) {}
}
