package dev.sluice.plugins.opentelemetry;

import dev.sluice.plugins.logging.HttpSender;
import dev.sluice.plugins.logging.HttpTarget;
import dev.sluice.plugins.logging.QueueSettings;
import dev.sluice.plugins.tracing.Propagation;
import dev.sluice.plugins.tracing.PropagationFields;
import dev.sluice.plugins.tracing.Timeouts;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param traces where spans are sent
 * @param logs where lines of the log are sent
 * @param attributes of the resource
 * @param queue how spans and lines wait
 * @param traceIdHeader the header in which the client is told of the trace
 * @param samplingRate the share of requests that is told of; empty for that of the node
 * @param propagation how traces come in and go on
 */
record OpenTelemetryConfig(
    Optional<HttpSender.Way> traces,
    Optional<HttpSender.Way> logs,
    Map<String, String> attributes,
    QueueSettings queue,
    Optional<String> traceIdHeader,
    Optional<Double> samplingRate,
    Propagation propagation) {

  static final int CONNECT = 1000;
  static final int BATCH = 200;
  static final int OLD_DELAY = 3;

  private static final double KEEPALIVE = 60_000;

  static OpenTelemetryConfig decode(JsonObject config) {
    return new OpenTelemetryConfig(
        way(config, OpenTelemetrySchema.TRACES),
        way(config, OpenTelemetrySchema.LOGS),
        map(config, "resource_attributes"),
        QueueSettings.of(config, "batch_span_count", BATCH, "batch_flush_delay", OLD_DELAY),
        Optional.ofNullable(config.getString("http_response_header_for_traceid")),
        Optional.ofNullable(config.getDouble("sampling_rate")),
        PropagationFields.of(config, Optional.empty()));
  }

  private static Optional<HttpSender.Way> way(JsonObject config, String endpoint) {
    Timeouts timeouts = Timeouts.of(config, CONNECT);
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    map(config, "headers").forEach(headers::set);
    headers.set("Content-Type", "application/x-protobuf");
    return Optional.ofNullable(config.getString(endpoint)).map(url ->
        new HttpSender.Way("POST", HttpTarget.of(url), headers, timeouts.connect(), timeouts.idle(), KEEPALIVE));
  }

  private static Map<String, String> map(JsonObject config, String field) {
    Map<String, String> map = new LinkedHashMap<>();
    JsonObject given = config.getJsonObject(field);
    if (given != null) {
      given.fieldNames().forEach(name -> map.put(name, String.valueOf(given.getValue(name))));
    }
    return map;
  }
}
