package dev.sluice.plugins.bluegreen;

import dev.sluice.api.schema.SchemaException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BlueGreenConfigTest {

  private static JsonObject sides() {
    return new JsonObject().put("blue", "one").put("green", "two");
  }

  private static void refused(JsonObject config, String why) {
    assertThatThrownBy(() -> BlueGreenConfig.SCHEMA.read(config))
        .isInstanceOf(SchemaException.class)
        .satisfies(e -> assertThat(((SchemaException) e).fields().encode()).contains(why));
  }

  @Test
  void twoSidesAreEnough() {
    BlueGreenConfig config = BlueGreenConfig.SCHEMA.read(sides());
    assertThat(config.active()).isEqualTo(Side.BLUE);
    assertThat(config.requireHealthy()).isTrue();
    assertThat(config.watch()).isEmpty();
    assertThat(config.drainMillis()).isEqualTo(60_000);
    assertThat(BlueGreenConfig.SCHEMA.read(sides().put("watch", new JsonObject())).watch())
        .contains(new BlueGreenConfig.WatchConfig(300_000, 20, 0.05));
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    refused(new JsonObject().put("blue", "one"), "required field missing");
    refused(sides().put("green", "one"), "must be distinct");
    refused(sides().put("active", "red"), "expected one of: blue, green");
    refused(sides().put("preview_header", "X-Preview"), "'config.preview_header' goes with one of");
    refused(sides().put("preview_secret", "s"), "'config.preview_header' goes with one of");
    JsonArray groups = new JsonArray().add("g");
    refused(
        sides().put("preview_header", "X-Preview").put("preview_secret", "s").put("preview_groups", groups),
        "only one of 'config.preview_groups', 'config.preview_secret' must be set");
    refused(sides().put("watch", new JsonObject().put("max_error_rate", 2)), "value should be between 0 and 1");
  }
}
