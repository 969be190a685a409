package dev.sluice.plugins.timeofday;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.testkit.contract.DeploymentStrategyContract;
import io.vertx.core.json.JsonObject;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;

class TimeOfDayContractTest extends DeploymentStrategyContract {

  private static JsonObject hours(String from, String until) {
    return new JsonObject().put("upstream", "night-shift").put("from", from).put("until", until);
  }

  /** A time that is far from now. */
  private static String inHours(int hours) {
    return LocalTime.now(ZoneOffset.UTC).plusHours(hours).format(DateTimeFormatter.ofPattern("HH:mm"));
  }

  @Override
  protected String plugin() {
    return "time-of-day";
  }

  @Override
  protected GatewayPlugin subject() {
    return new TimeOfDayPlugin();
  }

  @Override
  protected JsonObject config() {
    return hours("00:00", "00:00");
  }

  @Override
  protected Map<String, JsonObject> whole() {
    return new TreeMap<>(Map.of("special", config(), "", hours(inHours(8), inHours(16))));
  }
}
