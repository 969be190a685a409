package dev.sluice.api.upstream;

import dev.sluice.api.entity.Upstream;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BalancingPolicyTest {

  private static Upstream upstream(String... tags) {
    JsonArray all = new JsonArray();
    for (String tag : tags) {
      all.add(tag);
    }
    return Upstream.decode(new JsonObject().put("id", "u").put("name", "u").put("tags", all));
  }

  private static BalancingPolicy node(Map<String, String> settings) {
    return BalancingPolicy.of(name -> Optional.ofNullable(settings.get(name)));
  }

  @Test
  void withoutAWordItIsTheDefault() {
    assertThat(node(Map.of()).with(upstream("mine"))).isEqualTo(new BalancingPolicy(0.2, 10, Duration.ZERO, false, 0));
  }

  @Test
  void theNodeSaysWhatUpstreamsDoNot() {
    BalancingPolicy node =
        node(Map.of("upstream_slow_start", "0.5", "upstream_panic", "all", "upstream_retry_budget", "off"));
    assertThat(node.slowStart()).isEqualTo(Duration.ofMillis(500));
    BalancingPolicy policy =
        node.with(upstream("sluice:slow_start=30", "sluice:retry_floor=2.5", "sluice:retry_after=7"));
    assertThat(policy)
        .isEqualTo(new BalancingPolicy(Double.POSITIVE_INFINITY, 2.5, Duration.ofSeconds(30), true, 7));
    assertThat(node.with(upstream("sluice:panic=off", "sluice:retry_budget=5")))
        .isEqualTo(new BalancingPolicy(0.05, 10, Duration.ofMillis(500), false, 0));
  }

  @Test
  void aSettingThatIsNotGoodIsNamed() {
    assertThatThrownBy(() -> node(Map.of("upstream_retry_after", "soon")))
        .hasMessage("upstream_retry_after has an invalid value: 'soon' (expected whole seconds, at most 86400)");
  }
}
