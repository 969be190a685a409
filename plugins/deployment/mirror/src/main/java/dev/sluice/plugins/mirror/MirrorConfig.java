package dev.sluice.plugins.mirror;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The configuration.
 *
 * @param upstream the shadow
 * @param percentage of requests that are copied
 * @param methods of requests that are copied
 * @param compare what is compared
 * @param maxInFlight copies under way at once
 * @param maxBody bytes of a body
 * @param noisePercentage of copied requests whose own upstream is asked twice
 */
record MirrorConfig(
    String upstream,
    double percentage,
    Set<String> methods,
    CompareConfig compare,
    int maxInFlight,
    int maxBody,
    double noisePercentage) {

  private static final int ALL = 100;
  private static final int DEFAULT_IN_FLIGHT = 64;
  private static final int DEFAULT_BODY = 64 * 1024;
  private static final int MOST_BODY = 16 * 1024 * 1024;
  private static final int MOST_IN_FLIGHT = 10_000;

  /**
   * What is compared.
   *
   * @param status whether the status is
   * @param headers names
   * @param ignoreBody paths of what is not, in bodies of JSON
   */
  record CompareConfig(boolean status, List<String> headers, List<JsonPath> ignoreBody) {}

  static final ConfigSchema<MirrorConfig> SCHEMA = ConfigSchema.of(MirrorConfig::decode)
      .withoutConsumer()
      .protocols(Types.httpProtocols())
      .field("upstream", Fields.string().required()
          .describe("The name of the upstream that copies are sent to, the shadow."))
      .field("percentage", Fields.number().required().between(0, ALL).defaultTo(ALL)
          .describe("How many of a hundred requests are copied."))
      .field("methods", Fields.set(
              Fields.string().oneOf("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"))
          .required().defaultTo("GET", "HEAD", "OPTIONS")
          .describe("The methods of requests that are copied. A copy of one that writes makes the shadow write too."))
      .field("compare", Fields.record().required()
          .field("status", Fields.bool().required().defaultTo(true)
              .describe("Whether the statuses of the answers are compared."))
          .field("headers", Fields.array(Types.headerName()).required().defaultTo()
              .describe("The headers of the answers that are compared."))
          .field("ignore_body", Fields.array(Fields.string().check(JsonPath::violation)).required().defaultTo()
              .describe("JSON paths, such as $.items[*].id, of what is not compared; $ is the whole body."))
          .describe("What is compared. Bodies are."))
      .field("max_in_flight", Fields.integer().required().between(1, MOST_IN_FLIGHT).defaultTo(DEFAULT_IN_FLIGHT)
          .describe("How many copies may be under way at once; beyond that requests are not copied."))
      .field("max_body", Fields.integer().required().between(0, MOST_BODY).defaultTo(DEFAULT_BODY)
          .describe("The most bytes of a body: longer requests are not copied, longer answers not compared."))
      .field("noise_percentage", Fields.number().required().between(0, ALL).defaultTo(1)
          .describe("For how many of a hundred copied GETs and HEADs the service's own upstream is asked a second time, to"
              + " learn what differs by itself. With 0 it never is, and nothing is learnt."))
      .build();

  static MirrorConfig decode(JsonObject config) {
    return new MirrorConfig(
        config.getString("upstream"),
        Objects.requireNonNull(config.getDouble("percentage")),
        Set.copyOf(Documents.strings(config, "methods")),
        compare(config.getJsonObject("compare", new JsonObject())),
        Documents.integer(config, "max_in_flight", DEFAULT_IN_FLIGHT),
        Documents.integer(config, "max_body", DEFAULT_BODY),
        Objects.requireNonNull(config.getDouble("noise_percentage")));
  }

  private static CompareConfig compare(JsonObject compare) {
    return new CompareConfig(
        Documents.bool(compare, "status", true),
        Documents.strings(compare, "headers"),
        Documents.strings(compare, "ignore_body").stream().map(JsonPath::of).toList());
  }
}
