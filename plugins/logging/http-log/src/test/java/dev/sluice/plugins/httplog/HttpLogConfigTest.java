package dev.sluice.plugins.httplog;

import dev.sluice.plugins.logging.HttpTarget;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HttpLogConfigTest {

  private static JsonObject config() {
    return new JsonObject().put("http_endpoint", "http://log.test/in");
  }

  @Test
  void defaultsAreKongs() {
    JsonObject complete = HttpLogConfig.SCHEMA.complete(config());
    JsonObject expected = config()
        .put("method", "POST")
        .put("content_type", "application/json")
        .put("timeout", 10_000)
        .put("keepalive", 60_000)
        .putNull("retry_count")
        .putNull("queue_size")
        .putNull("flush_timeout")
        .putNull("headers")
        .put("queue", new JsonObject()
            .put("max_batch_size", 1)
            .put("max_coalescing_delay", 1)
            .put("max_entries", 10_000)
            .putNull("max_bytes")
            .put("max_retry_time", 60)
            .put("initial_retry_delay", 0.01)
            .put("max_retry_delay", 60)
            .put("concurrency_limit", 1))
        .putNull("custom_fields_by_lua");
    assertThat(new JsonObject(complete.encode())).isEqualTo(new JsonObject(expected.encode()));
  }

  @Test
  void headersOfTheMessageItselfAreRefused() {
    assertThatThrownBy(() -> HttpLogConfig.SCHEMA.read(config().put("headers", new JsonObject().put("hOST", "x"))))
        .hasMessageContaining("cannot contain 'Host' header");
    assertThatThrownBy(() -> HttpLogConfig.SCHEMA.read(config().put("http_endpoint", "nowhere")))
        .hasMessageContaining("missing host in url");
  }

  @Test
  void formerNamesWinWhenTheyAreNotTheDefault() {
    HttpLogConfig old = HttpLogConfig.SCHEMA.read(config().put("queue_size", 5).put("flush_timeout", 0.5));
    assertThat(old.queue().maxBatchSize()).isEqualTo(5);
    assertThat(old.queue().maxCoalescingDelay()).isEqualTo(Duration.ofMillis(500));
    HttpLogConfig same = HttpLogConfig.SCHEMA.read(
        config().put("queue_size", 1).put("flush_timeout", 2).put("queue", new JsonObject().put("max_batch_size", 7)));
    assertThat(same.queue().maxBatchSize()).isEqualTo(7);
    assertThat(same.queue().maxCoalescingDelay()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void urlsAreTakenApart() {
    assertThat(HttpTarget.of("https://me:pw@log.test/a?b=c#d"))
        .isEqualTo(new HttpTarget(true, "log.test", 443, "/a?b=c", Optional.of("Basic bWU6cHc=")));
    assertThat(HttpTarget.of("http://[::1]:8080"))
        .isEqualTo(new HttpTarget(false, "::1", 8080, "/", Optional.empty()));
    assertThat(HttpTarget.of("https://me:pw@log.test").toString()).isEqualTo("log.test:443");
  }
}
