package dev.sluice.plugins.responseratelimiting;

import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Match;
import dev.sluice.api.schema.NumberField;
import dev.sluice.api.schema.RecordField;
import dev.sluice.plugins.traffic.Limits;
import dev.sluice.plugins.traffic.RedisSettings;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param headerName where answers say what they cost
 * @param limitBy {@code consumer}, {@code credential} or {@code ip}
 * @param policy {@code local}, {@code cluster} or {@code redis}
 * @param faultTolerant whether requests pass while counters are away
 * @param redis for the policy of that name
 * @param blockOnFirstViolation whether a request is refused as soon as some limit is used up
 * @param hideClientHeaders whether clients are not told
 * @param quotas the limits by their names
 */
record QuotaConfig(
    String headerName,
    String limitBy,
    String policy,
    boolean faultTolerant,
    Optional<RedisSettings> redis,
    boolean blockOnFirstViolation,
    boolean hideClientHeaders,
    List<Quota> quotas) {

  /**
   * A limit.
   *
   * @param name by which answers call it
   * @param limits of each period
   */
  record Quota(String name, Limits limits) {}

  /**
   * The schema.
   *
   * @param database whether the node has one, that others may share
   */
  static ConfigSchema<QuotaConfig> schema(boolean database) {
    String[] policies = database ? new String[] {"local", "cluster", "redis"} : new String[] {"local", "redis"};
    var schema = ConfigSchema.of(QuotaConfig::decode)
        .field("header_name", Fields.string()
            .defaultTo("x-kong-limit")
            .describe("The header in which answers say what they cost."))
        .field("limit_by", Fields.string()
            .oneOf("consumer", "credential", "ip")
            .defaultTo("consumer")
            .describe("Who is counted; the address of the client where that is not known."))
        .field("policy", Fields.string()
            .oneOf(policies)
            .defaultTo("local")
            .describe("Where counters are kept: on each node, in the database, or in Redis."))
        .field("fault_tolerant", Fields.bool()
            .required()
            .defaultTo(true)
            .describe("Whether requests pass, uncounted, while counters cannot be had; otherwise they end with 500."))
        .field("redis", RedisSettings.field())
        .field("block_on_first_violation", Fields.bool()
            .required()
            .defaultTo(false)
            .describe("Whether requests are refused as soon as one of the limits is used up."))
        .field("hide_client_headers", Fields.bool()
            .required()
            .defaultTo(false)
            .describe("Whether answers say nothing of limits."))
        .field("limits", Fields.map(Fields.string(), quota())
            .required()
            .lenMin(1)
            .describe("Limits by their names."))
        .check(needs("redis.host", Match.required().lenMin(1)))
        .check(needs("redis.port", Match.required()))
        .check(needs("redis.timeout", Match.required()));
    return RedisSettings.aliases(schema, "response-ratelimiting").build();
  }

  private static Check needs(String field, Match what) {
    return Check.conditional("config.policy", Match.eq("redis").lenMin(1), "config." + field, what);
  }

  private static RecordField quota() {
    return Fields.record()
        .required()
        .field("second", limit())
        .field("minute", limit())
        .field("hour", limit())
        .field("day", limit())
        .field("month", limit())
        .field("year", limit())
        .check(Limits::disorder)
        .entityCheck(Check.atLeastOneOf("second", "minute", "hour", "day", "month", "year"));
  }

  private static NumberField limit() {
    return Fields.number().gt(0);
  }

  private static QuotaConfig decode(JsonObject config) {
    List<Quota> quotas = new ArrayList<>();
    JsonObject limits = config.getJsonObject("limits");
    for (String name : limits.fieldNames()) {
      quotas.add(new Quota(name, Limits.of(limits.getJsonObject(name))));
    }
    return new QuotaConfig(
        text(config, "header_name", "x-kong-limit"),
        text(config, "limit_by", "consumer"),
        text(config, "policy", "local"),
        config.getBoolean("fault_tolerant"),
        RedisSettings.decode(config.getJsonObject("redis")),
        config.getBoolean("block_on_first_violation"),
        config.getBoolean("hide_client_headers"),
        List.copyOf(quotas));
  }

  private static String text(JsonObject config, String field, String otherwise) {
    return config.getValue(field) == null ? otherwise : config.getString(field);
  }
}
