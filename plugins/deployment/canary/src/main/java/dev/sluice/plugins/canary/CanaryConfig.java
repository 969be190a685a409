package dev.sluice.plugins.canary;

import dev.sluice.api.entity.CanonicalText;
import dev.sluice.api.entity.Documents;
import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Match;
import dev.sluice.api.schema.Shorthand;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration.
 *
 * @param start of the ramp, in seconds since the epoch; empty for the making of the plugin
 * @param duration of the ramp, in seconds
 * @param percentage a fixed share in place of the ramp
 * @param steps into how many buckets clients fall
 * @param hash by what
 * @param hashHeader whose value that is
 * @param hashCookie whose value that is; clients without it are given one
 * @param groups those that are let in, or kept out
 * @param host where the canary is
 * @param port where the canary is
 * @param uri the path there
 * @param fallback whether the service's own targets serve while the canary has no healthy one
 * @param byHeader the header by which a request says where it goes
 * @param byHeaderGroups who may; empty for everybody
 * @param stages of the rollout; without any the share grows by itself or is fixed
 * @param gate what judges the canary
 */
record CanaryConfig(
    Optional<Double> start,
    double duration,
    Optional<Double> percentage,
    double steps,
    Hash hash,
    Optional<String> hashHeader,
    String hashCookie,
    Set<String> groups,
    Optional<String> host,
    Optional<Integer> port,
    Optional<String> uri,
    boolean fallback,
    Optional<String> byHeader,
    Set<String> byHeaderGroups,
    List<Stage> stages,
    Optional<GateSettings> gate) {

  private static final Map<String, String> FORMER = Map.of("whitelist", "allow", "blacklist", "deny");
  private static final int HOUR = 3600;
  private static final int BUCKETS = 1000;
  private static final int MOST_BUCKETS = 1_000_000_000;
  private static final int LAST_PORT = 65_535;
  private static final int ALL = 100;
  private static final int FINGERPRINT = 16;

  /** By what clients fall into buckets. */
  enum Hash {
    CONSUMER,
    IP,
    NONE,
    ALLOW,
    DENY,
    HEADER,
    COOKIE
  }

  static final ConfigSchema<CanaryConfig> SCHEMA = ConfigSchema.of(CanaryConfig::decode)
      .withoutConsumer()
      .protocols(Types.httpProtocols())
      .field("start", Fields.number()
          .describe("When the ramp begins, in seconds since the epoch; by default when the plugin is made."))
      .field("hash", Fields.string().defaultTo("consumer")
          .oneOf("consumer", "ip", "none", "allow", "deny", "header", "cookie")
          .describe("By what a client is told from others, or whether its groups decide."))
      .field("duration", Fields.number().defaultTo(HOUR)
          .check(each -> each.doubleValue() < 0 ? Optional.of("value must be 0 or greater") : Optional.empty())
          .describe("How long the ramp takes, in seconds."))
      .field("steps", Fields.number().defaultTo(BUCKETS).between(1, MOST_BUCKETS)
          .describe("Into how many buckets clients fall, and in how many steps the share grows."))
      .field("percentage", Fields.number().between(0, ALL)
          .describe("A fixed share; start and duration play no part then."))
      .field("upstream_host", Fields.string()
          .describe("Where the canary is: an upstream or a host."))
      .field("upstream_port", Fields.integer().between(0, LAST_PORT)
          .describe("The port of the canary."))
      .field("upstream_uri", Fields.string().lenMin(1)
          .describe("The path of all requests to the canary."))
      .field("upstream_fallback", Fields.bool().required().defaultTo(false)
          .describe("Whether the service's own targets serve while the canary has no healthy one."))
      .field("groups", Fields.array(Fields.string())
          .describe("The groups that are let in, or kept out, when hash is allow or deny."))
      .field("hash_header", Types.headerName()
          .describe("The header by whose value clients are told apart, when hash is header."))
      .field("hash_cookie", Types.cookieName().defaultTo("sluice_canary")
          .describe("The cookie by whose value clients are told apart, when hash is cookie; who has none is given one."))
      .field("canary_by_header_name", Types.headerName()
          .describe("A request with this header and the value always goes to the canary, with never it does not."))
      .field("canary_by_header_groups", Fields.array(Fields.string())
          .describe("The groups whose consumers may say so; without any: everybody."))
      .field("stages", Stage.field())
      .field("gate", GateSettings.field())
      .shorthand(Shorthand.expanding("hash", Fields.string()
          .describe("The former names whitelist and blacklist of allow and deny."), CanaryConfig::present))
      .check(Check.atLeastOneOf("config.upstream_uri", "config.upstream_host", "config.upstream_port"))
      .check(Check.conditional("config.hash", Match.eq("header"), "config.hash_header", Match.required()))
      .check(Check.conditional("config.hash", Match.oneOf("allow", "deny"), "config.groups", Match.required()))
      .check(Check.conditional("config.upstream_fallback", Match.eq(true), "config.upstream_host", Match.required()))
      .check(Check.custom(List.of("config.stages"), CanaryConfig::stagesViolation))
      .build();

  private static Optional<String> stagesViolation(JsonObject entity) {
    return Stage.violation(entity.getJsonObject("config", new JsonObject()));
  }

  private static JsonObject present(Optional<Object> value) {
    return value
        .map(text -> new JsonObject().put("hash", FORMER.getOrDefault(String.valueOf(text), String.valueOf(text))))
        .orElseGet(JsonObject::new);
  }

  static CanaryConfig decode(JsonObject config) {
    return new CanaryConfig(
        Optional.ofNullable(config.getDouble("start")),
        number(config, "duration", HOUR),
        Optional.ofNullable(config.getDouble("percentage")),
        number(config, "steps", BUCKETS),
        Hash.valueOf(Documents.string(config, "hash", "consumer").toUpperCase(Locale.ROOT)),
        Optional.ofNullable(config.getString("hash_header")),
        Documents.string(config, "hash_cookie", "sluice_canary"),
        Set.copyOf(Documents.strings(config, "groups")),
        Optional.ofNullable(config.getString("upstream_host")),
        Optional.ofNullable(config.getInteger("upstream_port")),
        Optional.ofNullable(config.getString("upstream_uri")),
        Documents.bool(config, "upstream_fallback", false),
        Optional.ofNullable(config.getString("canary_by_header_name")),
        Set.copyOf(Documents.strings(config, "canary_by_header_groups")),
        Stage.decode(config),
        Optional.ofNullable(config.getJsonObject("gate")).map(GateSettings::decode));
  }

  /** Whether groups decide who goes, so that there is no share. */
  boolean byGroups() {
    return hash == Hash.ALLOW || hash == Hash.DENY;
  }

  /** What the rollout is: when it changes, another rollout begins. What only judges or hashes is no part of it. */
  String fingerprint() {
    JsonArray parts = new JsonArray().add(start.orElse(null)).add(duration).add(percentage.orElse(null))
        .add(host.orElse(null)).add(port.orElse(null)).add(uri.orElse(null)).add(byGroups());
    stages.forEach(stage -> parts.add(stage.percentage()).add(stage.millis()).add(stage.pause()));
    return HexFormat.of().formatHex(CanonicalText.hash(parts), 0, FINGERPRINT);
  }

  private static double number(JsonObject config, String field, double fallback) {
    Double value = config.getDouble(field);
    return value == null ? fallback : value;
  }
}
