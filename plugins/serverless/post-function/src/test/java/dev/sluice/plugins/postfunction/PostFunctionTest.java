package dev.sluice.plugins.postfunction;

import dev.sluice.testkit.TestGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PostFunctionTest {

  @Test
  void changesTheAnswer() {
    try (TestGateway gateway = TestGateway.with(new PostFunctionPlugin()).start()) {
      gateway.plugin("post-function", new JsonObject().put("header_filter",
          new JsonArray().add("kong.response.set_header('X-Post', kong.response.get_status())")),
          gateway.route("/post"));
      assertThat(gateway.get("/post?status=404").getHeader("X-Post")).isEqualTo("404");
    }
  }
}
