package dev.sluice.plugins.zipkin;

import dev.sluice.plugins.logging.HttpSender;
import dev.sluice.plugins.logging.HttpTarget;
import dev.sluice.plugins.logging.QueueSettings;
import dev.sluice.plugins.tracing.Propagation;
import dev.sluice.plugins.tracing.PropagationFields;
import dev.sluice.plugins.tracing.Timeouts;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param endpoint where spans are sent; without it traces are only passed on
 * @param sampleRatio the share of requests that is told of, of those nobody has decided on
 * @param names how services are named
 * @param includeCredential whether the credential is told
 * @param wideIds whether new traces have identifiers of 128 bits
 * @param tags what is told of each request
 * @param pathInName whether the name of a span holds the path
 * @param traceIdHeader the header in which the client is told of the trace
 * @param durationTags whether durations of phases are tags, instead of annotations
 * @param queue how spans wait
 * @param propagation how traces come in and go on
 */
record ZipkinConfig(
    Optional<HttpSender.Way> endpoint,
    double sampleRatio,
    Names names,
    boolean includeCredential,
    boolean wideIds,
    Tags tags,
    boolean pathInName,
    Optional<String> traceIdHeader,
    boolean durationTags,
    QueueSettings queue,
    Propagation propagation) {

  static final double RATIO = 0.001;
  static final int CONNECT = 2000;
  static final String OLD_FORMAT = "b3";

  private static final double KEEPALIVE = 60_000;
  private static final int WIDE = 16;

  /**
   * How services are named.
   *
   * @param local the gateway
   * @param other what has no name of its own
   */
  record Names(String local, Optional<String> other) {}

  /**
   * What is told of each request.
   *
   * @param header the header in which clients add to it
   * @param fixed what is always told
   */
  record Tags(String header, Map<String, String> fixed) {}

  static ZipkinConfig decode(JsonObject config) {
    Double ratio = config.getDouble("sample_ratio");
    Optional<String> older =
        Optional.of(config.getString("default_header_type")).filter(type -> !type.equals(OLD_FORMAT));
    return new ZipkinConfig(
        Optional.ofNullable(config.getString("http_endpoint")).map(url -> way(url, Timeouts.of(config, CONNECT))),
        ratio == null ? RATIO : ratio,
        new Names(
            config.getString("local_service_name"), Optional.ofNullable(config.getString("default_service_name"))),
        config.getBoolean("include_credential"),
        config.getInteger("traceid_byte_count") == WIDE,
        new Tags(config.getString("tags_header"), fixed(config.getJsonArray("static_tags"))),
        config.getString("http_span_name").equals("method_path"),
        Optional.ofNullable(config.getString("http_response_header_for_traceid")),
        config.getString("phase_duration_flavor").equals("tags"),
        QueueSettings.of(config),
        PropagationFields.of(config, older));
  }

  private static HttpSender.Way way(String url, Timeouts timeouts) {
    return new HttpSender.Way(
        "POST",
        HttpTarget.of(url),
        MultiMap.caseInsensitiveMultiMap().set("Content-Type", "application/json"),
        timeouts.connect(),
        timeouts.idle(),
        KEEPALIVE);
  }

  private static Map<String, String> fixed(JsonArray tags) {
    Map<String, String> fixed = new LinkedHashMap<>();
    for (int i = 0; tags != null && i < tags.size(); i++) {
      fixed.put(tags.getJsonObject(i).getString("name"), tags.getJsonObject(i).getString("value"));
    }
    return fixed;
  }
}
