package dev.sluice.plugins.ratelimiting;

import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Match;
import dev.sluice.api.schema.NumberField;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.traffic.Limits;
import dev.sluice.plugins.traffic.RedisSettings;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param limits of each period
 * @param limitBy who is counted
 * @param headerName for {@link LimitBy#HEADER}
 * @param path for {@link LimitBy#PATH}
 * @param policy where counters are
 * @param faultTolerant whether requests pass while counters are away
 * @param redis for {@link Kind#REDIS}
 * @param syncRate how often counters are shared; empty shares them at once
 * @param hideClientHeaders whether clients are not told
 * @param errorCode of a refusal
 * @param errorMessage of a refusal
 */
record RateLimitingConfig(
    Limits limits,
    LimitBy limitBy,
    String headerName,
    String path,
    Kind policy,
    boolean faultTolerant,
    Optional<RedisSettings> redis,
    Optional<Duration> syncRate,
    boolean hideClientHeaders,
    int errorCode,
    String errorMessage) {

  enum LimitBy { CONSUMER, CREDENTIAL, IP, SERVICE, HEADER, PATH }

  enum Kind { LOCAL, CLUSTER, REDIS }

  private static final double AT_ONCE = -1;

  /**
   * The schema.
   *
   * @param database whether the node has one, that others may share
   */
  static ConfigSchema<RateLimitingConfig> schema(boolean database) {
    String[] policies = database ? new String[] {"local", "cluster", "redis"} : new String[] {"local", "redis"};
    var schema = ConfigSchema.of(RateLimitingConfig::decode)
        .field("second", limit("second"))
        .field("minute", limit("minute"))
        .field("hour", limit("hour"))
        .field("day", limit("day"))
        .field("month", limit("month"))
        .field("year", limit("year"))
        .field("limit_by", Fields.string()
            .oneOf("consumer", "credential", "ip", "service", "header", "path")
            .defaultTo("consumer")
            .describe("Who is counted; the address of the client where that is not known."))
        .field("header_name", Types.headerName())
        .field("path", Types.path())
        .field("policy", Fields.string()
            .oneOf(policies)
            .lenMin(0)
            .defaultTo("local")
            .describe("Where counters are kept: on each node, in the database, or in Redis."))
        .field("fault_tolerant", Fields.bool()
            .required()
            .defaultTo(true)
            .describe("Whether requests pass, uncounted, while counters cannot be had; otherwise they end with 500."))
        .field("redis", RedisSettings.field())
        .field("hide_client_headers", Fields.bool()
            .required()
            .defaultTo(false)
            .describe("Whether answers say nothing of limits."))
        .field("error_code", Fields.number().gt(0).defaultTo(429).describe("The status of refusals."))
        .field("error_message", Fields.string()
            .defaultTo("API rate limit exceeded")
            .describe("The message of refusals."))
        .field("sync_rate", Fields.number()
            .required()
            .defaultTo(-1)
            .describe("Every how many seconds counters are shared by way of Redis; -1 asks Redis for each request."))
        .configCheck(RateLimitingConfig::violation)
        .check(Check.atLeastOneOf(
            "config.second", "config.minute", "config.hour", "config.day", "config.month", "config.year"))
        .check(needs("policy", Match.eq("redis"), "redis.host", Match.required().lenMin(1)))
        .check(needs("policy", Match.eq("redis"), "redis.port", Match.required()))
        .check(needs("policy", Match.eq("redis"), "redis.timeout", Match.required()))
        .check(needs("limit_by", Match.eq("header").lenMin(1), "header_name", Match.required()))
        .check(needs("limit_by", Match.eq("path").lenMin(1), "path", Match.required()));
    return RedisSettings.aliases(schema, "rate-limiting").build();
  }

  private static NumberField limit(String period) {
    return Fields.number().gt(0).describe("How many requests there may be in a " + period + ".");
  }

  private static Check needs(String field, Match value, String needed, Match what) {
    return Check.conditional("config." + field, value, "config." + needed, what);
  }

  private static Optional<String> violation(JsonObject config) {
    Optional<String> disorder = Limits.disorder(config);
    if (disorder.isPresent() || !(config.getValue("sync_rate") instanceof Number rate)) {
      return disorder;
    }
    boolean atOnce = rate.doubleValue() == AT_ONCE;
    if (!"redis".equals(config.getValue("policy"))) {
      return atOnce ? Optional.empty() : Optional.of("sync_rate can only be used with the redis policy");
    }
    return atOnce || rate.doubleValue() >= 0.02
        ? Optional.empty()
        : Optional.of("sync_rate must be greater than 0.02, or -1 to disable");
  }

  private static RateLimitingConfig decode(JsonObject config) {
    double rate = config.getDouble("sync_rate");
    return new RateLimitingConfig(
        Limits.of(config),
        LimitBy.valueOf(text(config, "limit_by", "consumer").toUpperCase(Locale.ROOT)),
        text(config, "header_name", ""),
        text(config, "path", ""),
        Kind.valueOf(text(config, "policy", "local").toUpperCase(Locale.ROOT)),
        config.getBoolean("fault_tolerant"),
        RedisSettings.decode(config.getJsonObject("redis")),
        rate == AT_ONCE ? Optional.empty() : Optional.of(Duration.ofMillis(Math.round(rate * 1000))),
        config.getBoolean("hide_client_headers"),
        config.getInteger("error_code", 429),
        text(config, "error_message", "API rate limit exceeded"));
  }

  private static String text(JsonObject config, String field, String otherwise) {
    return config.getValue(field) == null ? otherwise : config.getString(field);
  }
}
