package dev.sluice.plugins.prefunction;

import dev.sluice.testkit.TestGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PreFunctionTest {

  private static JsonObject access(String script) {
    return new JsonObject().put("access", new JsonArray().add(script));
  }

  @Test
  void eachEventLoopHasItsOwnScripts() {
    try (TestGateway gateway = TestGateway.with(new PreFunctionPlugin()).setting("event_loops", "2").start()) {
      gateway.plugin("pre-function", access(
          "local n = 0 return function() n = n + 1 kong.response.exit(200, tostring(n)) end"), gateway.route("/count"));
      int calls = 20;
      Set<Integer> seen = new LinkedHashSet<>();
      for (int i = 0; i < calls; i++) {
        seen.add(Integer.parseInt(gateway.get("/count").bodyAsString()));
      }
      // Two counters that nobody loses a call of, however the connections fall.
      assertThat(seen.stream().mapToInt(Integer::intValue).max().orElseThrow()).isBetween(calls / 2, calls);
      assertThat(seen).contains(1);
    }
  }

  @Test
  void aNodeCanForbidScripts() {
    try (TestGateway gateway =
        TestGateway.with(new PreFunctionPlugin()).setting("untrusted_lua", "off").start()) {
      JsonObject route = gateway.route("/off");
      try {
        gateway.plugin("pre-function", access("return"), route);
        throw new AssertionError("the script was taken");
      } catch (RuntimeException refused) {
        assertThat(refused.toString()).contains("'untrusted_lua' config option is set to 'off'");
      }
    }
  }
}
