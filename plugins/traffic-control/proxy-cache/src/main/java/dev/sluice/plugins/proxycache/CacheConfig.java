package dev.sluice.plugins.proxycache;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.schema.BooleanField;
import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The configuration.
 *
 * @param statuses of answers that are kept
 * @param methods of requests whose answers are kept
 * @param contentTypes of answers that are kept
 * @param ttl seconds for which an answer is fresh
 * @param cacheControl whether requests and answers say themselves what may be kept
 * @param ignoreUriCase whether the case of paths plays no part
 * @param storageTtl seconds for which an answer is kept, fresh or not
 * @param varyQuery arguments that tell answers apart; empty: all
 * @param varyHeaders headers that tell answers apart, lower case
 * @param showAge whether answers out of memory say how old they are
 * @param showStatus whether answers say where they come from
 * @param showKey whether answers say their key
 */
record CacheConfig(
    Set<Integer> statuses,
    Set<String> methods,
    List<MediaType> contentTypes,
    long ttl,
    boolean cacheControl,
    boolean ignoreUriCase,
    OptionalLong storageTtl,
    Optional<List<String>> varyQuery,
    List<String> varyHeaders,
    boolean showAge,
    boolean showStatus,
    boolean showKey) {

  /** The names of shared memory that Kong's configuration knows; here they all mean the same. */
  private static final Set<String> MEMORIES = Set.of(
      "kong", "kong_db_cache", "kong_db_cache_miss", "kong_core_db_cache", "kong_core_db_cache_miss", "kong_locks",
      "kong_healthchecks", "kong_cluster_events", "kong_rate_limiting_counters", "prometheus_metrics");

  static final ConfigSchema<CacheConfig> SCHEMA = ConfigSchema.of(CacheConfig::decode)
      .protocols(Types.protocols())
      .field("response_code", Fields.array(Fields.integer().between(100, 900))
          .required()
          .defaultTo(200, 301, 404)
          .lenMin(1)
          .describe("The statuses of answers that are kept."))
      .field("request_method", Fields.array(Fields.string().oneOf("HEAD", "GET", "POST", "PATCH", "PUT"))
          .required()
          .defaultTo("GET", "HEAD")
          .describe("The methods of requests whose answers are kept."))
      .field("content_type", Fields.array(Fields.string())
          .required()
          .defaultTo("text/plain", "application/json")
          .describe("The content types of answers that are kept, parameters included."))
      .field("cache_ttl", Fields.integer()
          .gt(0)
          .defaultTo(300)
          .describe("For how many seconds an answer is fresh."))
      .field("strategy", Fields.string()
          .required()
          .oneOf("memory")
          .describe("Where answers are kept."))
      .field("cache_control", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether Cache-Control of requests and answers counts."))
      .field("ignore_uri_case", Fields.bool()
          .optional()
          .defaultTo(false)
          .describe("Whether the case of paths plays no part."))
      .field("storage_ttl", Fields.integer()
          .describe("For how many seconds an answer is kept, fresh or not."))
      .field("memory", Fields.record()
          .required()
          .field("dictionary_name", Fields.string()
              .required()
              .defaultTo("kong_db_cache")
              .describe("The name of the memory.")))
      .field("vary_query_params", Fields.array(Fields.string())
          .describe("The arguments that tell answers apart; all, unless some are named."))
      .field("vary_headers", Fields.array(Fields.string())
          .describe("Headers of requests that tell answers apart."))
      .field("response_headers", Fields.record()
          .required()
          .describe("What answers say of their keeping.")
          .field("age", shown())
          .field("X-Cache-Status", shown())
          .field("X-Cache-Key", shown()))
      .check(Check.custom(List.of("config"), CacheConfig::violation))
      .build();

  private static BooleanField shown() {
    return Fields.bool().defaultTo(true);
  }

  private static Optional<String> violation(JsonObject entity) {
    JsonObject memory = entity.getJsonObject("config").getJsonObject("memory");
    String name = memory == null ? "kong_db_cache" : memory.getString("dictionary_name");
    return MEMORIES.contains(name) ? Optional.empty() : Optional.of("missing shared dict '" + name + "'");
  }

  private static CacheConfig decode(JsonObject config) {
    Set<Integer> statuses = new HashSet<>();
    config.getJsonArray("response_code").forEach(status -> statuses.add(((Number) status).intValue()));
    Long storage = config.getLong("storage_ttl");
    JsonObject shown = config.getJsonObject("response_headers");
    return new CacheConfig(
        Set.copyOf(statuses),
        Set.copyOf(Documents.strings(config, "request_method")),
        Documents.strings(config, "content_type").stream().flatMap(text -> MediaType.parse(text).stream()).toList(),
        config.getValue("cache_ttl") == null ? 300 : config.getLong("cache_ttl"),
        config.getBoolean("cache_control"),
        Boolean.TRUE.equals(config.getBoolean("ignore_uri_case")),
        storage == null ? OptionalLong.empty() : OptionalLong.of(storage),
        Optional.of(Documents.strings(config, "vary_query_params").stream().sorted().toList())
            .filter(names -> !names.isEmpty()),
        Documents.strings(config, "vary_headers").stream().map(name -> name.toLowerCase(Locale.ROOT)).sorted().toList(),
        !Boolean.FALSE.equals(shown.getBoolean("age")),
        !Boolean.FALSE.equals(shown.getBoolean("X-Cache-Status")),
        !Boolean.FALSE.equals(shown.getBoolean("X-Cache-Key")));
  }
}
