package dev.sluice.api.entity;

import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.ListField;
import dev.sluice.api.schema.NumberField;
import dev.sluice.api.schema.RecordField;
import dev.sluice.api.schema.StringField;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The health checks of upstreams. */
final class HealthcheckSchema {

  private static final List<Object> PASSIVE_HEALTHY = List.of(
      200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 306, 307, 308);
  private static final List<Object> PASSIVE_UNHEALTHY = List.of(429, 500, 503);
  private static final List<Object> ACTIVE_HEALTHY = List.of(200, 302);
  private static final List<Object> ACTIVE_UNHEALTHY = List.of(429, 404, 500, 501, 502, 503, 504, 505);

  private HealthcheckSchema() {}

  static RecordField healthchecks() {
    return Fields.record()
        .field("passive", passive())
        .field("active", active())
        .field("threshold", Fields.number().between(0, 100).defaultTo(0))
        .required()
        .defaultTo(new JsonObject().put("passive", passiveDefault()).put("active", activeDefault()))
        .describe("The settings of the health checks.");
  }

  private static RecordField passive() {
    return Fields.record()
        .field("healthy", Fields.record()
            .field("successes", counter())
            .field("http_statuses", statuses(PASSIVE_HEALTHY))
            .required()
            .defaultTo(passiveHealthy()))
        .field("unhealthy", Fields.record()
            .field("timeouts", counter())
            .field("http_failures", counter())
            .field("http_statuses", statuses(PASSIVE_UNHEALTHY))
            .field("tcp_failures", counter())
            .required()
            .defaultTo(unhealthy(PASSIVE_UNHEALTHY)))
        .field("type", type())
        .required()
        .defaultTo(passiveDefault());
  }

  private static RecordField active() {
    return Fields.record()
        .field("headers", Types.headers().optional())
        .field("healthy", Fields.record()
            .field("interval", interval())
            .field("successes", counter())
            .field("http_statuses", statuses(ACTIVE_HEALTHY))
            .required()
            .defaultTo(activeHealthy()))
        .field("timeout", Fields.number().between(0, 65_535).defaultTo(1))
        .field("concurrency", Fields.integer().between(1, 2_147_483_648L).defaultTo(10))
        .field("unhealthy", Fields.record()
            .field("timeouts", counter())
            .field("http_failures", counter())
            .field("http_statuses", statuses(ACTIVE_UNHEALTHY))
            .field("interval", interval())
            .field("tcp_failures", counter())
            .required()
            .defaultTo(unhealthy(ACTIVE_UNHEALTHY).put("interval", 0)))
        .field("http_path", Types.path().defaultTo("/"))
        .field("type", type())
        .field("https_verify_certificate", Fields.bool().required().defaultTo(true))
        .field("https_sni", Types.sni().optional())
        .required()
        .defaultTo(activeDefault());
  }

  private static NumberField counter() {
    return Fields.integer().between(0, 255).defaultTo(0);
  }

  private static NumberField interval() {
    return Fields.number().between(0, 65_535).defaultTo(0);
  }

  private static ListField statuses(List<Object> values) {
    return Fields.array(Fields.integer().between(100, 999)).defaultTo(values.toArray());
  }

  private static StringField type() {
    return Fields.string().oneOf("tcp", "http", "https", "grpc", "grpcs").defaultTo("http");
  }

  private static JsonObject passiveHealthy() {
    return new JsonObject().put("successes", 0).put("http_statuses", new JsonArray(PASSIVE_HEALTHY));
  }

  private static JsonObject activeHealthy() {
    return new JsonObject().put("interval", 0).put("successes", 0).put("http_statuses", new JsonArray(ACTIVE_HEALTHY));
  }

  private static JsonObject unhealthy(List<Object> statuses) {
    return new JsonObject()
        .put("timeouts", 0)
        .put("http_failures", 0)
        .put("tcp_failures", 0)
        .put("http_statuses", new JsonArray(statuses));
  }

  private static JsonObject passiveDefault() {
    return new JsonObject()
        .put("healthy", passiveHealthy())
        .put("unhealthy", unhealthy(PASSIVE_UNHEALTHY))
        .put("type", "http");
  }

  private static JsonObject activeDefault() {
    return new JsonObject()
        .put("concurrency", 10)
        .put("https_verify_certificate", true)
        .put("type", "http")
        .put("http_path", "/")
        .put("timeout", 1)
        .put("healthy", activeHealthy())
        .put("unhealthy", unhealthy(ACTIVE_UNHEALTHY).put("interval", 0));
  }
}
