package dev.sluice.api.entity;

import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.HostAddress;
import dev.sluice.api.schema.Match;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.StringField;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The fields and checks of upstreams. */
final class UpstreamSchema {

  private static final String ALGORITHM = "algorithm";
  private static final String HASH_ON = "hash_on";
  private static final String HASH_FALLBACK = "hash_fallback";
  private static final String NONE = "none";

  static final Schema SCHEMA = Schema.builder()
      .field("id", Types.id())
      .field("created_at", Types.autoTimestamp())
      .field("name",
          Fields.string().required().unique().check(UpstreamSchema::checkName).describe("The host of its services."))
      .field("updated_at", Types.autoTimestamp())
      .field(ALGORITHM, Fields.string()
          .oneOf("consistent-hashing", "least-connections", "round-robin", "latency")
          .defaultTo("round-robin")
          .describe("How a target is chosen."))
      .field(HASH_ON, hashInput())
      .field(HASH_FALLBACK, hashInput())
      .field("hash_on_header", Types.headerName())
      .field("hash_fallback_header", Types.headerName())
      .field("hash_on_cookie", Types.cookieName().describe("The cookie that is hashed."))
      .field("hash_on_cookie_path", Types.path().defaultTo("/"))
      .field("hash_on_query_arg", Fields.string())
      .field("hash_fallback_query_arg", Fields.string())
      .field("hash_on_uri_capture", Fields.string())
      .field("hash_fallback_uri_capture", Fields.string())
      .field("slots", Fields.integer().between(10, 65_536).defaultTo(10_000).describe("The size of the hash ring."))
      .field("healthchecks", HealthcheckSchema.healthchecks())
      .field("tags", SluiceTags.UPSTREAMS.field())
      .field("host_header", Types.hostWithOptionalPort())
      .field("client_certificate", Fields.foreign("certificates").describe("Shown to the targets."))
      .field("use_srv_name",
          Fields.bool().defaultTo(false).describe("Whether the Host header is the name of the SRV record."))
      .check(needs(HASH_ON, "header", "hash_on_header"))
      .check(needs(HASH_FALLBACK, "header", "hash_fallback_header"))
      .check(needs(HASH_ON, "cookie", "hash_on_cookie"))
      .check(needs(HASH_FALLBACK, "cookie", "hash_on_cookie"))
      .check(fallback(NONE, NONE))
      .check(fallback("cookie", NONE))
      .check(fallback("consumer", NONE, "ip", "header", "cookie", "path", "query_arg", "uri_capture"))
      .check(fallback("ip", NONE, "consumer", "header", "cookie", "path", "query_arg", "uri_capture"))
      .check(fallback("path", NONE, "consumer", "header", "cookie", "query_arg", "ip", "uri_capture"))
      .check(Check.distinct("hash_on_header", "hash_fallback_header"))
      .check(needs(HASH_ON, "query_arg", "hash_on_query_arg"))
      .check(needs(HASH_FALLBACK, "query_arg", "hash_fallback_query_arg"))
      .check(Check.distinct("hash_on_query_arg", "hash_fallback_query_arg"))
      .check(needs(HASH_ON, "uri_capture", "hash_on_uri_capture"))
      .check(needs(HASH_FALLBACK, "uri_capture", "hash_fallback_uri_capture"))
      .check(Check.distinct("hash_on_uri_capture", "hash_fallback_uri_capture"))
      .prepare(UpstreamSchema::couple)
      .finish(UpstreamSchema::couple)
      .build();

  private UpstreamSchema() {}

  private static StringField hashInput() {
    return Fields.string()
        .oneOf(NONE, "consumer", "ip", "header", "cookie", "path", "query_arg", "uri_capture")
        .defaultTo(NONE);
  }

  private static Check needs(String selector, String value, String field) {
    return Check.conditional(selector, Match.matches("^" + value + "$"), field, Match.required());
  }

  private static Check fallback(String hashOn, Object... allowed) {
    return Check.conditional(HASH_ON, Match.matches("^" + hashOn + "$"), HASH_FALLBACK, Match.oneOf(allowed));
  }

  private static Optional<String> checkName(String name) {
    String problem;
    try {
      HostAddress address = HostAddress.parse(name);
      if (address.kind() != HostAddress.Kind.NAME) {
        problem = "no ip addresses allowed";
      } else if (address.port().isPresent()) {
        problem = "no port allowed";
      } else {
        return Optional.empty();
      }
    } catch (IllegalArgumentException e) {
      problem = "must be a valid hostname";
    }
    return Optional.of("Invalid name ('" + name + "'); " + problem);
  }

  /**
   * Hashing and its algorithm follow each other: algorithms that do not hash switch hashing off, and what is hashed
   * decides the algorithm otherwise. Applied to what a client gives and to what comes of it.
   */
  private static JsonObject couple(JsonObject document) {
    if (!isTextOrNull(document, ALGORITHM) || !isTextOrNull(document, HASH_ON)) {
      return document;
    }
    String algorithm = document.getString(ALGORITHM);
    if ("least-connections".equals(algorithm) || "latency".equals(algorithm)) {
      return document.put(HASH_ON, NONE);
    }
    if (document.containsKey(HASH_ON)) {
      String hashOn = document.getString(HASH_ON);
      if (hashOn == null) {
        document.put(HASH_ON, NONE);
      } else {
        document.put(ALGORITHM, hashOn.equals(NONE) ? "round-robin" : "consistent-hashing");
      }
    }
    return document;
  }

  private static boolean isTextOrNull(JsonObject document, String field) {
    Object value = document.getValue(field);
    return value == null || (value instanceof String text && !text.isEmpty());
  }
}
