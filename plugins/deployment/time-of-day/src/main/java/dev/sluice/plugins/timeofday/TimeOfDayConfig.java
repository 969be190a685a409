package dev.sluice.plugins.timeofday;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.StringField;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;

/**
 * The configuration.
 *
 * @param upstream where requests go at these hours
 * @param from the first minute of the day, UTC
 * @param until the first minute that is not meant any more
 */
record TimeOfDayConfig(String upstream, int from, int until) {

  private static final int HOUR = 60;

  static final ConfigSchema<TimeOfDayConfig> SCHEMA = ConfigSchema.of(TimeOfDayConfig::decode)
      .withoutConsumer()
      .protocols(Types.httpProtocols())
      .field("upstream", Fields.string().required()
          .describe("The name of the upstream that requests go to at these hours."))
      .field("from", time().describe("When that begins, in UTC, such as 22:00."))
      .field("until", time().describe("When it ends; the same as from for the whole day."))
      .build();

  private static StringField time() {
    return Fields.string().required().matchAny("expected a time such as 22:00", "^[01]%d:[0-5]%d$", "^2[0-3]:[0-5]%d$");
  }

  private static TimeOfDayConfig decode(JsonObject config) {
    return new TimeOfDayConfig(
        config.getString("upstream"), minute(config.getString("from")), minute(config.getString("until")));
  }

  private static int minute(String time) {
    return Integer.parseInt(time, 0, 2, 10) * HOUR + Integer.parseInt(time, 3, 5, 10);
  }
}
