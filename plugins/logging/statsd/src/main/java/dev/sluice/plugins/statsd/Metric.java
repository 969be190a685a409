package dev.sluice.plugins.statsd;

import dev.sluice.plugins.logging.Figures;
import dev.sluice.plugins.logging.StatLine;
import dev.sluice.plugins.logging.Who;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Optional;

/**
 * What is sent of a request.
 *
 * @param name of the setting
 * @param figure what is measured, when it is a figure of the request
 * @param line its form
 * @param who by what a consumer is named
 * @param service by what a service is named
 * @param workspaceName whether a workspace is named by its name, not its id
 */
record Metric(
    String name, Optional<Figures> figure, StatLine line, Who who, String service, boolean workspaceName) {

  static Metric of(JsonObject metric, JsonObject config) {
    String name = metric.getString("name");
    return new Metric(
        name,
        Arrays.stream(Figures.values()).filter(each -> each.setting().equals(name)).findAny(),
        StatLine.of(metric.getString("stat_type"), Optional.ofNullable(metric.getDouble("sample_rate"))),
        Who.of(own(metric, config, "consumer_identifier")).orElseThrow(),
        own(metric, config, "service_identifier"),
        own(metric, config, "workspace_identifier").equals("workspace_name"));
  }

  private static String own(JsonObject metric, JsonObject config, String field) {
    String own = metric.getString(field);
    return own == null ? config.getString(field + "_default") : own;
  }
}
