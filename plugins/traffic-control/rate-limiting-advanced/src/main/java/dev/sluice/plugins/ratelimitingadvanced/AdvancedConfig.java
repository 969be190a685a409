package dev.sluice.plugins.ratelimitingadvanced;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.RecordField;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.traffic.RedisSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param rules how much there is
 * @param who is counted: all of these together
 * @param headerName for {@link Who#HEADER}
 * @param path for {@link Who#PATH}
 * @param namespace that counters belong to
 * @param place where they are
 * @param hideClientHeaders whether clients are not told
 * @param refusal of what is too much
 */
record AdvancedConfig(
    Rules rules,
    List<Who> who,
    String headerName,
    String path,
    String namespace,
    Place place,
    boolean hideClientHeaders,
    Refusal refusal) {

  /** Who is counted. */
  enum Who { CONSUMER, CREDENTIAL, IP, SERVICE, HEADER, PATH }

  /** Where counters are shared. */
  enum Strategy { LOCAL, CLUSTER, REDIS }

  /**
   * Where counters are.
   *
   * @param strategy by which they are shared
   * @param rate how often; zero for each request, negative for never
   * @param redis for {@link Strategy#REDIS}
   */
  record Place(Strategy strategy, Duration rate, Optional<RedisSettings> redis) {

    static final Place HERE = new Place(Strategy.LOCAL, Duration.ofMillis(-1), Optional.empty());
  }

  /**
   * What a client is told that sends too much.
   *
   * @param code the status
   * @param message in the body
   * @param jitter seconds; up to so many are added to the time after which to come back
   */
  record Refusal(int code, String message, int jitter) {}

  private static final String[] IDENTIFIERS = {"consumer", "credential", "ip", "service", "header", "path"};
  private static final double SHORTEST_RATE = 0.02;

  /**
   * The schema.
   *
   * @param database whether the node has one, that others may share
   */
  static ConfigSchema<AdvancedConfig> schema(boolean database) {
    String[] strategies = database ? new String[] {"cluster", "redis", "local"} : new String[] {"redis", "local"};
    return ConfigSchema.of(AdvancedConfig::decode)
        .field("identifier", Fields.string()
            .required()
            .oneOf(IDENTIFIERS)
            .defaultTo("consumer")
            .describe("Who is counted; the address of the client where that is not known."))
        .field("compound_identifier", Fields.array(Fields.string().required().oneOf(IDENTIFIERS))
            .describe("Who is counted, by several things together; comes before identifier."))
        .field("window_size", Fields.array(Fields.number().gt(0))
            .required()
            .lenMin(1)
            .describe("The lengths of the windows in seconds."))
        .field("window_type", Fields.string()
            .oneOf("fixed", "sliding")
            .defaultTo("sliding")
            .describe("Whether the window before counts, less and less of it."))
        .field("limit", Fields.array(Fields.number().gt(0))
            .required()
            .lenMin(1)
            .describe("How many requests there may be in each of the windows."))
        .field("sync_rate", Fields.number()
            .describe("Every how many seconds counters are shared: 0 asks for each request, -1 never."))
        .field("namespace", Fields.string()
            .required()
            .auto()
            .describe("What counters belong to; configurations with the same one count together."))
        .field("strategy", Fields.string()
            .required()
            .oneOf(strategies)
            .defaultTo("local")
            .describe("Where counters are kept: on each node, in the database, or in Redis."))
        .field("dictionary_name", Fields.string()
            .required()
            .defaultTo("kong_rate_limiting_counters")
            .describe("Of no effect: counters need no dictionary here."))
        .field("lock_dictionary_name", Fields.string()
            .required()
            .defaultTo("kong_locks")
            .describe("Of no effect: nothing is locked."))
        .field("hide_client_headers", Fields.bool()
            .defaultTo(false)
            .describe("Whether answers say nothing of limits."))
        .field("retry_after_jitter_max", Fields.number()
            .between(0, 31_536_000)
            .defaultTo(0)
            .describe("Up to so many seconds are added to Retry-After, so that not all come back at once."))
        .field("header_name", Types.headerName())
        .field("path", Types.path())
        .field("enforce_consumer_groups", Fields.bool()
            .defaultTo(false)
            .describe("Must be off: there are no limits of groups."))
        .field("disable_penalty", Fields.bool()
            .defaultTo(false)
            .describe("Whether refused requests do not count in windows that slide."))
        .field("error_code", Fields.number().gt(0).defaultTo(429).describe("The status of refusals."))
        .field("error_message", Fields.string()
            .defaultTo("API rate limit exceeded")
            .describe("The message of refusals."))
        .field("redis", redis())
        .configCheck(AdvancedConfig::violation)
        .build();
  }

  private static RecordField redis() {
    return Fields.record()
        .required()
        .describe("The Redis that counters are kept in.")
        .field("host", Types.host().defaultTo("127.0.0.1"))
        .field("port", Types.port().defaultTo(6379))
        .field("connect_timeout", Types.timeout().defaultTo(2000))
        .field("send_timeout", Types.timeout().defaultTo(2000))
        .field("read_timeout", Types.timeout().defaultTo(2000))
        .field("username", Fields.string().referenceable())
        .field("password", Fields.string().encrypted().referenceable().lenMin(0))
        .field("database", Fields.integer().defaultTo(0))
        .field("ssl", Fields.bool().optional().defaultTo(false))
        .field("ssl_verify", Fields.bool().optional().defaultTo(false))
        .field("server_name", Types.sni().optional());
  }

  private static Optional<String> violation(JsonObject config) {
    if (Boolean.TRUE.equals(config.getValue("enforce_consumer_groups"))) {
      return Optional.of("enforce_consumer_groups cannot be had: there are no limits of consumer groups");
    }
    if (config.getValue("limit") instanceof JsonArray limits
        && config.getValue("window_size") instanceof JsonArray sizes
        && limits.size() != sizes.size()) {
      return Optional.of("You must provide the same number of windows and limits");
    }
    List<String> who =
        config.getValue("compound_identifier") instanceof JsonArray several && !several.isEmpty()
            ? several.stream().map(String::valueOf).toList()
            : List.of(String.valueOf(config.getValue("identifier")));
    if (who.contains("header") && config.getValue("header_name") == null) {
      return Optional.of("No header name provided");
    }
    if (who.contains("path") && config.getValue("path") == null) {
      return Optional.of("No path provided");
    }
    return syncViolation(config);
  }

  private static Optional<String> syncViolation(JsonObject config) {
    boolean local = "local".equals(config.getValue("strategy"));
    Object rate = config.getValue("sync_rate");
    double seconds = rate instanceof Number number ? number.doubleValue() : -1;
    if (local) {
      return seconds == -1
          ? Optional.empty()
          : Optional.of("sync_rate cannot be configured when using a local strategy");
    }
    if (rate == null) {
      return Optional.of("sync_rate is required if not using a local strategy");
    }
    return seconds < 0 && seconds != -1 || seconds > 0 && seconds < SHORTEST_RATE
        ? Optional.of("sync_rate must be -1, 0, or at least 0.02")
        : Optional.empty();
  }

  private static AdvancedConfig decode(JsonObject config) {
    List<String> several = Documents.strings(config, "compound_identifier");
    List<String> who = several.isEmpty() ? List.of(config.getString("identifier")) : several;
    return new AdvancedConfig(
        Rules.of(
            config.getJsonArray("window_size"),
            config.getJsonArray("limit"),
            !"fixed".equals(config.getString("window_type")),
            !Boolean.TRUE.equals(config.getBoolean("disable_penalty"))),
        who.stream().map(each -> Who.valueOf(each.toUpperCase(Locale.ROOT))).toList(),
        Documents.string(config, "header_name", ""),
        Documents.string(config, "path", ""),
        config.getString("namespace"),
        place(config),
        Boolean.TRUE.equals(config.getBoolean("hide_client_headers")),
        new Refusal(
            Documents.integer(config, "error_code", 429),
            Documents.string(config, "error_message", "API rate limit exceeded"),
            Documents.integer(config, "retry_after_jitter_max", 0)));
  }

  private static Place place(JsonObject config) {
    Double rate = config.getDouble("sync_rate");
    if (rate == null || rate < 0) {
      return Place.HERE;
    }
    Strategy strategy = Strategy.valueOf(config.getString("strategy").toUpperCase(Locale.ROOT));
    JsonObject redis = config.getJsonObject("redis").copy();
    int timeout = 1;
    for (String kind : List.of("connect_timeout", "send_timeout", "read_timeout")) {
      timeout = Math.max(timeout, Documents.integer(redis, kind, 2000));
    }
    return new Place(
        strategy,
        Duration.ofMillis(Math.round(rate * 1000)),
        strategy == Strategy.REDIS ? RedisSettings.decode(redis.put("timeout", timeout)) : Optional.empty());
  }
}
