package dev.sluice.plugins.statsd;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.plugins.logging.QueueSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param host the server
 * @param port its port
 * @param prefix of the names of metrics
 * @param metrics what is sent
 * @param allowed the statuses that count; empty for all
 * @param packetSize how much may share a datagram; 0 for one metric in each
 * @param tcp whether the server is reached over TCP
 * @param hostnameInPrefix whether the node is named
 * @param tags how tags are written; empty when names tell everything
 * @param queue how requests wait
 */
record StatsdConfig(
    String host,
    int port,
    String prefix,
    List<Metric> metrics,
    List<Range> allowed,
    int packetSize,
    boolean tcp,
    boolean hostnameInPrefix,
    Optional<TagStyle> tags,
    QueueSettings queue) {

  static final ConfigSchema<StatsdConfig> SCHEMA = StatsdSchema.of(StatsdConfig::decode);

  /** Some statuses, ends included. */
  record Range(int from, int to) {
    private static Range of(String text) {
      int dash = text.indexOf('-');
      return new Range(number(text.substring(0, dash)), number(text.substring(dash + 1)));
    }

    private static int number(String digits) {
      return digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    boolean holds(int status) {
      return status >= from && status <= to;
    }
  }

  boolean counts(int status) {
    return allowed.isEmpty() || allowed.stream().anyMatch(range -> range.holds(status));
  }

  private static StatsdConfig decode(JsonObject config) {
    return new StatsdConfig(
        Optional.ofNullable(config.getString("host")).orElse(StatsdSchema.HOST),
        Optional.ofNullable(config.getInteger("port")).orElse(StatsdSchema.PORT),
        Optional.ofNullable(config.getString("prefix")).orElse(StatsdSchema.PREFIX),
        list(config, "metrics").stream().map(each -> Metric.of((JsonObject) each, config)).toList(),
        list(config, "allow_status_codes").stream().map(each -> Range.of(String.valueOf(each))).toList(),
        Optional.ofNullable(config.getDouble("udp_packet_size")).map(Double::intValue).orElse(0),
        Boolean.TRUE.equals(config.getBoolean("use_tcp")),
        Boolean.TRUE.equals(config.getBoolean("hostname_in_prefix")),
        Optional.ofNullable(config.getString("tag_style")).map(TagStyle::of),
        QueueSettings.of(config));
  }

  private static JsonArray list(JsonObject config, String field) {
    JsonArray list = config.getJsonArray(field);
    return list == null ? new JsonArray() : list;
  }
}
