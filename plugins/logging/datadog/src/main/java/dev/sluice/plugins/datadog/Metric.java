package dev.sluice.plugins.datadog;

import dev.sluice.plugins.logging.Figures;
import dev.sluice.plugins.logging.StatLine;
import dev.sluice.plugins.logging.Who;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is sent of a request.
 *
 * @param figure what is measured
 * @param line its form
 * @param tags further tags
 * @param who by what a consumer is named
 */
record Metric(Figures figure, StatLine line, List<String> tags, Optional<Who> who) {

  static Metric of(JsonObject config) {
    String name = config.getString("name");
    JsonArray tags = config.getJsonArray("tags");
    return new Metric(
        Arrays.stream(Figures.values()).filter(each -> each.setting().equals(name)).findAny().orElseThrow(),
        StatLine.of(config.getString("stat_type"), Optional.ofNullable(config.getDouble("sample_rate"))),
        tags == null ? List.of() : tags.stream().map(String::valueOf).toList(),
        Who.of(config.getString("consumer_identifier")));
  }
}
