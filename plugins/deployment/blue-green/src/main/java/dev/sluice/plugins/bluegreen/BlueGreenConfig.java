package dev.sluice.plugins.bluegreen;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration.
 *
 * @param blue the upstream of that side
 * @param green the upstream of that side
 * @param active where requests go
 * @param requireHealthy whether a side without a healthy target is not switched to
 * @param previewHeader by which a request asks for the idle side
 * @param previewGroups who may; empty when the secret decides
 * @param previewSecret the value that the header must have then
 * @param watch what is watched after a switch
 * @param drainMillis how long the side that was left may take to finish its requests
 */
record BlueGreenConfig(
    String blue,
    String green,
    Side active,
    boolean requireHealthy,
    Optional<String> previewHeader,
    Set<String> previewGroups,
    Optional<String> previewSecret,
    Optional<WatchConfig> watch,
    long drainMillis) {

  private static final int DEFAULT_WINDOW = 300;
  private static final int DEFAULT_REQUESTS = 20;
  private static final double DEFAULT_RATE = 0.05;
  private static final int DEFAULT_DRAIN = 60;
  private static final long MOST_SECONDS = 7L * 24 * 3600;

  /**
   * What is watched after a switch.
   *
   * @param windowMillis for how long
   * @param minRequests before so many nothing is concluded
   * @param maxErrorRate more than this share of errors, and the gateway switches back
   */
  record WatchConfig(long windowMillis, long minRequests, double maxErrorRate) {}

  static final ConfigSchema<BlueGreenConfig> SCHEMA = ConfigSchema.of(BlueGreenConfig::decode)
      .withoutConsumer()
      .protocols(Types.httpProtocols())
      .field("blue", Fields.string().required()
          .describe("The name of the upstream of the blue side."))
      .field("green", Fields.string().required()
          .describe("The name of the upstream of the green side."))
      .field("active", Fields.string().required().oneOf("blue", "green").defaultTo("blue")
          .describe("The side that requests go to. To change it is a switch."))
      .field("require_healthy", Fields.bool().required().defaultTo(true)
          .describe("Whether a switch to a side without a healthy target is refused unless it is forced."))
      .field("preview_header", Types.headerName()
          .describe("The header by which a request asks for the idle side. The upstream does not get it."))
      .field("preview_groups", Fields.array(Fields.string())
          .describe("The groups whose consumers may reach the idle side."))
      .field("preview_secret", Fields.string().encrypted().referenceable()
          .describe("The value of the header that lets anybody reach the idle side, where no groups are named."))
      .field("watch", Fields.record()
          .field("window", Fields.number().required().between(1, MOST_SECONDS).defaultTo(DEFAULT_WINDOW)
              .describe("For how many seconds after a switch the active side is watched."))
          .field("min_requests", Fields.integer().required().gt(0).defaultTo(DEFAULT_REQUESTS)
              .describe("How many requests there must be before anything is concluded."))
          .field("max_error_rate", Fields.number().required().between(0, 1).defaultTo(DEFAULT_RATE)
              .describe("The share of errors, from 0 to 1, above which the gateway switches back."))
          .describe("What is watched after a switch. Without it: nothing."))
      .field("drain_timeout", Fields.number().required().between(0, MOST_SECONDS).defaultTo(DEFAULT_DRAIN)
          .describe("After how many seconds requests that are still under way at the side that was left are told of."))
      .check(Check.distinct("config.blue", "config.green"))
      .check(Check.custom(List.of("config.preview_header"), BlueGreenConfig::preview))
      .build();

  /** Who asks for the idle side must be told from who may. */
  private static Optional<String> preview(JsonObject entity) {
    JsonObject config = entity.getJsonObject("config", new JsonObject());
    boolean groups = !Documents.strings(config, "preview_groups").isEmpty();
    boolean secret = config.getString("preview_secret") != null;
    boolean header = config.getString("preview_header") != null;
    if (groups && secret) {
      return Optional.of("only one of 'config.preview_groups', 'config.preview_secret' must be set");
    }
    return header == (groups || secret)
        ? Optional.empty()
        : Optional.of("'config.preview_header' goes with one of 'config.preview_groups', 'config.preview_secret'");
  }

  static BlueGreenConfig decode(JsonObject config) {
    JsonObject watch = config.getJsonObject("watch");
    return new BlueGreenConfig(
        config.getString("blue"),
        config.getString("green"),
        Side.of(config.getString("active")),
        config.getBoolean("require_healthy"),
        Optional.ofNullable(config.getString("preview_header")),
        Set.copyOf(Documents.strings(config, "preview_groups")),
        Optional.ofNullable(config.getString("preview_secret")),
        Optional.ofNullable(watch).map(BlueGreenConfig::watch),
        millis(config, "drain_timeout"));
  }

  private static WatchConfig watch(JsonObject watch) {
    return new WatchConfig(
        millis(watch, "window"), watch.getLong("min_requests"), watch.getDouble("max_error_rate"));
  }

  private static long millis(JsonObject config, String field) {
    return Math.round(Objects.requireNonNull(config.getDouble(field)) * 1000);
  }

  /** The upstream of a side. */
  String upstream(Side side) {
    return side == Side.BLUE ? blue : green;
  }

  @Override
  public String toString() {
    return "blue " + blue + ", green " + green + ", active " + active;
  }
}
