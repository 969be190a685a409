package dev.sluice.plugins.adminapi;

import dev.sluice.api.upstream.Upstreams.AddressStatus;
import dev.sluice.api.upstream.Upstreams.TargetStatus;
import dev.sluice.api.upstream.Upstreams.UpstreamStatus;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HealthViewTest {

  private static AddressStatus address(int weight, boolean healthy) {
    return new AddressStatus("127.0.0.1", 80, weight, healthy, 0);
  }

  private static UpstreamStatus upstream(boolean checked, AddressStatus... addresses) {
    return new UpstreamStatus(checked, List.of(new TargetStatus("t", "a.test", 80, "A", 10, List.of(addresses))));
  }

  private static String health(boolean checked, AddressStatus... addresses) {
    JsonObject row = new JsonObject().put("id", "t");
    HealthView.describe(row, Optional.of(upstream(checked, addresses)));
    return row.getString("health");
  }

  private static String balancer(double threshold, AddressStatus... addresses) {
    return HealthView.balancer("u", upstream(true, addresses), threshold).getString("balancer_health");
  }

  @Test
  void judgesATargetByItsAddresses() {
    assertThat(health(true, address(10, true), address(10, false))).isEqualTo("HEALTHY");
    assertThat(health(true, address(10, false), address(10, false))).isEqualTo("UNHEALTHY");
    assertThat(health(true, address(0, true))).isEqualTo("HEALTHCHECKS_OFF");
    assertThat(health(false, address(10, true))).isEqualTo("HEALTHCHECKS_OFF");
    assertThat(health(true)).isEqualTo("DNS_ERROR");
  }

  @Test
  void describesATarget() {
    JsonObject row = new JsonObject().put("id", "t");
    HealthView.describe(row, Optional.of(upstream(true, address(10, true), address(5, false))));
    assertThat(row.getJsonObject("data"))
        .isEqualTo(
            new JsonObject(
                """
                {"host": "a.test", "port": 80, "dns": "A", "nodeWeight": 10,
                 "weight": {"total": 15, "available": 10, "unavailable": 5},
                 "addresses": [
                   {"ip": "127.0.0.1", "port": 80, "weight": 10, "health": "HEALTHY"},
                   {"ip": "127.0.0.1", "port": 80, "weight": 5, "health": "UNHEALTHY"}]}
                """));
  }

  @Test
  void tellsNothingOfWhatDoesNotRunHere() {
    JsonObject row = new JsonObject().put("id", "other");
    HealthView.describe(row, Optional.of(upstream(true, address(10, true))));
    HealthView.describe(row, Optional.empty());
    assertThat(row).isEqualTo(new JsonObject().put("id", "other"));
  }

  @Test
  void holdsABalancerAgainstItsThreshold() {
    assertThat(balancer(0, address(10, true), address(10, false))).isEqualTo("HEALTHY");
    assertThat(balancer(50, address(10, true), address(10, false))).isEqualTo("UNHEALTHY");
    assertThat(balancer(0, address(10, false))).isEqualTo("UNHEALTHY");
    assertThat(balancer(0)).isEqualTo("UNHEALTHY");
  }

  @Test
  void callsAnUncheckedBalancerHealthyAllTheSame() {
    JsonObject view = HealthView.balancer("u", upstream(false, address(10, true)), 0);
    assertThat(view.getString("health")).isEqualTo("HEALTHCHECKS_OFF");
    assertThat(view.getString("balancer_health")).isEqualTo("HEALTHY");
  }
}
