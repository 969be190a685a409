package dev.sluice.plugins.ratelimiting;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.SchemaException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RateLimitingConfigTest {

  private static final ConfigSchema<RateLimitingConfig> SCHEMA = RateLimitingConfig.schema(true);

  private static void refused(String config, String message) {
    assertThatThrownBy(() -> SCHEMA.read(new JsonObject(config)))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining(message);
  }

  @Test
  void formerNamesAreShownBesideTheNewOnes() {
    JsonObject config = SCHEMA.complete(new JsonObject("{\"minute\":5,\"policy\":\"redis\",\"redis_host\":\"a.test\"}"));
    assertThat(config.getString("redis_host")).isEqualTo("a.test");
    assertThat(config.getJsonObject("redis").getString("host")).isEqualTo("a.test");
    assertThat(config.getInteger("redis_port")).isEqualTo(6379);
    assertThat(config.getInteger("redis_timeout")).isEqualTo(2000);
    assertThat(config.getString("error_message")).isEqualTo("API rate limit exceeded");
  }

  @Test
  void wrongValuesAreNamed() {
    refused("{}", "at least one of these fields must be non-empty: 'config.second', 'config.minute'");
    refused("{\"minute\":0}", "config.minute: value must be greater than 0");
    refused("{\"second\":2,\"minute\":1}", "The limit for minute(1.0) cannot be lower than the limit for second(2.0)");
    refused("{\"minute\":1,\"policy\":\"redis\"}", "failed conditional validation given value of field 'config.policy'");
    refused("{\"minute\":1,\"limit_by\":\"header\"}", "failed conditional validation given value of field 'config.limit_by'");
    refused("{\"minute\":1,\"sync_rate\":1}", "sync_rate can only be used with the redis policy");
    refused(
        "{\"minute\":1,\"sync_rate\":0.01,\"policy\":\"redis\",\"redis\":{\"host\":\"a\"}}",
        "sync_rate must be greater than 0.02, or -1 to disable");
  }

  @Test
  void withoutADatabaseThereIsNoCluster() {
    assertThatThrownBy(() -> RateLimitingConfig.schema(false).read(
            new JsonObject("{\"minute\":1,\"policy\":\"cluster\"}")))
        .hasMessageContaining("config.policy: expected one of: local, redis");
  }

  @Test
  void ratesAreReadInSeconds() {
    RateLimitingConfig config = SCHEMA.read(
        new JsonObject("{\"minute\":1,\"sync_rate\":0.5,\"policy\":\"redis\",\"redis\":{\"host\":\"a\"}}"));
    assertThat(config.syncRate()).contains(Duration.ofMillis(500));
    assertThat(SCHEMA.read(new JsonObject("{\"minute\":1}")).syncRate()).isEmpty();
  }
}
