package dev.sluice.plugins.zipkin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ZipkinConfigTest {

  @Test
  void defaultsAreKongs() {
    JsonObject complete = ZipkinSchema.SCHEMA.complete(new JsonObject());
    JsonObject expected = new JsonObject()
        .put("local_service_name", "kong")
        .putNull("http_endpoint")
        .put("sample_ratio", 0.001)
        .putNull("default_service_name")
        .put("include_credential", true)
        .put("traceid_byte_count", 16)
        .put("header_type", "preserve")
        .put("default_header_type", "b3")
        .put("tags_header", "Zipkin-Tags")
        .putNull("static_tags")
        .put("http_span_name", "method")
        .put("connect_timeout", 2000)
        .put("send_timeout", 5000)
        .put("read_timeout", 5000)
        .putNull("http_response_header_for_traceid")
        .put("phase_duration_flavor", "annotations")
        .put("queue", new JsonObject()
            .put("max_batch_size", 1)
            .put("max_coalescing_delay", 1)
            .put("max_entries", 10_000)
            .putNull("max_bytes")
            .put("max_retry_time", 60)
            .put("initial_retry_delay", 0.01)
            .put("max_retry_delay", 60)
            .put("concurrency_limit", 1))
        .put("propagation", new JsonObject()
            .putNull("extract")
            .putNull("clear")
            .putNull("inject")
            .put("default_format", "b3"));
    assertThat(new JsonObject(complete.encode())).isEqualTo(new JsonObject(expected.encode()));
  }

  @Test
  void tagsOfTheGatewaysOwnAreRefused() {
    assertThatThrownBy(() -> ZipkinSchema.SCHEMA.read(new JsonObject().put(
            "static_tags", new JsonArray().add(new JsonObject().put("name", "lc").put("value", "x")))))
        .hasMessageContaining("must not be one of");
    assertThatThrownBy(() -> ZipkinSchema.SCHEMA.read(new JsonObject().put("sample_ratio", 2)))
        .hasMessageContaining("value should be between 0 and 1");
    assertThatThrownBy(() -> ZipkinSchema.SCHEMA.read(new JsonObject().put("http_endpoint", "nowhere")))
        .hasMessageContaining("missing host in url");
  }
}
