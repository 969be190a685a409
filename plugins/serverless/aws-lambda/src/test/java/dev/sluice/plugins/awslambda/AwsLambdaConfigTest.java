package dev.sluice.plugins.awslambda;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AwsLambdaConfigTest {

  @Test
  void defaultsAreKongs() {
    JsonObject complete = AwsLambdaSchema.SCHEMA.complete(new JsonObject());
    assertThat(complete.getInteger("timeout")).isEqualTo(60000);
    assertThat(complete.getInteger("port")).isEqualTo(443);
    assertThat(complete.getString("invocation_type")).isEqualTo("RequestResponse");
    assertThat(complete.getString("empty_arrays_mode")).isEqualTo("legacy");
    assertThat(complete.getBoolean("skip_large_bodies")).isTrue();
    assertThat(complete.fieldNames()).hasSize(27);
    assertThat(new AwsLambdaFactory(null, Map.of()).priority()).isEqualTo(750);
  }

  private static void refuses(JsonObject config, String message) {
    assertThatThrownBy(() -> AwsLambdaSchema.SCHEMA.read(config)).hasMessageContaining(message);
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    refuses(new JsonObject().put("aws_key", "k"), "all or none of these fields must be set: 'config.aws_key', 'config.aws_s");
    refuses(new JsonObject().put("proxy_url", "https://p:1"), "proxy_url scheme must be http");
    refuses(new JsonObject().put("unhandled_status", 99), "value should be between 100 and 999");
    refuses(new JsonObject().put("invocation_type", "Later"), "expected one of: RequestResponse, Event, DryRun");
  }
}
