package dev.sluice.api.entity;

import dev.sluice.api.schema.Run;
import dev.sluice.api.schema.Schema;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SluiceTagsTest {

  private static final Schema UPSTREAMS = CoreEntities.UPSTREAMS.schema();
  private static final Schema TARGETS = CoreEntities.TARGETS.schema();

  private final Run run = Run.plain();

  private static String upstream(String tags) {
    return "{'name':'u','tags':[" + tags + "]}";
  }

  private static String target(String tags) {
    return "{'target':'a','upstream':{'id':'00000001-0000-4000-8000-000000000007'},'tags':[" + tags + "]}";
  }

  @Test
  void goodOnesAreKeptAsTheyAre() {
    String tags = "'mine','sluice:retry_budget=12.5','sluice:retry_floor=0','sluice:slow_start=30',"
        + "'sluice:panic=all','sluice:retry_after=5'";
    JsonObject upstream = run.insert(UPSTREAMS, upstream(tags));
    assertThat(upstream.getJsonArray("tags")).hasSize(6);
    assertThat(SluiceTags.UPSTREAMS.read(upstream))
        .isEqualTo(
            Map.of(
                "retry_budget", "12.5", "retry_floor", "0", "slow_start", "30", "panic", "all", "retry_after", "5"));
  }

  @Test
  void aTargetHasAPriority() {
    assertThat(Target.decode(run.insert(TARGETS, target("'sluice:priority=2'"))).priority()).isEqualTo(2);
    assertThat(Target.decode(run.insert(TARGETS, target("'two'"))).priority()).isZero();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "sluice:slow_strat=30|expected one of sluice:panic, sluice:retry_after, sluice:retry_budget, sluice:retry_floor,"
        + " sluice:slow_start",
    "sluice:|expected one of sluice:panic, sluice:retry_after, sluice:retry_budget, sluice:retry_floor, sluice:slow_start",
    "sluice:priority=1|expected one of sluice:panic, sluice:retry_after, sluice:retry_budget, sluice:retry_floor,"
        + " sluice:slow_start",
    "sluice:slow_start|expected seconds, at most 86400",
    "sluice:slow_start=|expected seconds, at most 86400",
    "sluice:slow_start=-1|expected seconds, at most 86400",
    "sluice:slow_start=1e3|expected seconds, at most 86400",
    "sluice:slow_start=86401|expected seconds, at most 86400",
    "sluice:panic=yes|expected off or all",
    "sluice:retry_budget=20%|expected per cent, at most 1000, or off",
    "sluice:retry_after=1.5|expected whole seconds, at most 86400"
  })
  void othersAreRefusedByName(String tag, String expected) {
    assertThat(run.message(UPSTREAMS, upstream("'mine','" + tag + "'")))
        .contains("schema violation (tags.2: invalid tag '" + tag + "': " + expected + ")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sluice:priority=-1", "sluice:priority=101", "sluice:priority=1.0", "sluice:priority"})
  void aPriorityIsASmallNumber(String tag) {
    assertThat(run.message(TARGETS, target("'" + tag + "'")))
        .contains("schema violation (tags.1: invalid tag '" + tag + "': expected a whole number, at most 100)");
  }

  @Test
  void noneIsGivenTwice() {
    assertThat(run.message(UPSTREAMS, upstream("'sluice:slow_start=1','sluice:slow_start=2'")))
        .contains("schema violation (tags: invalid tag 'sluice:slow_start=2': sluice:slow_start is given twice)");
    assertThat(run.insert(UPSTREAMS, upstream("'sluice:slow_start=1','sluice:slow_start=1'")).getJsonArray("tags"))
        .hasSize(1);
  }

  @Test
  void whatIsStoredAndNotGoodIsPassedOver() {
    JsonObject stored = new JsonObject().put("tags", new JsonArray().add("sluice:panic=maybe").add("sluice:other=1"));
    assertThat(SluiceTags.UPSTREAMS.read(stored)).isEmpty();
    assertThat(SluiceTags.UPSTREAMS.read(new JsonObject().putNull("tags"))).isEmpty();
  }
}
