package dev.sluice.api.entity;

import dev.sluice.api.schema.ForeignField;
import dev.sluice.api.schema.Run;
import dev.sluice.api.schema.Schema;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TargetSchemaTest {

  private static final Schema SCHEMA = CoreEntities.TARGETS.schema();
  private static final String UPSTREAM = "'upstream':{'id':'00000001-0000-4000-8000-000000000007'}";

  private final Run run = Run.plain();

  @Test
  void aTargetGetsAPortAndAWeight() {
    JsonObject target = run.insert(SCHEMA, "{'target':'[2001:DB8::1]'," + UPSTREAM + "}");
    assertThat(target.getString("target")).isEqualTo("[2001:0db8:0000:0000:0000:0000:0000:0001]:8000");
    assertThat(target.getInteger("weight")).isEqualTo(100);
    assertThat(target.getValue("created_at")).isEqualTo(1_700_000_000.25);
    assertThat(Target.decode(target).port()).isEqualTo(8000);
    assertThat(Target.decode(target).host()).isEqualTo("2001:0db8:0000:0000:0000:0000:0000:0001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "some host", "127.0.0.1:99999", "127.0.0.1:abc", "http://127.0.0.1", "999.1.1.1"})
  void whatIsNoTargetIsRefusedBeforeAllElse(String target) {
    assertThat(run.message(SCHEMA, "{'target':'" + target + "','weight':-1}"))
        .contains("schema violation (target: Invalid target; not a valid hostname or ip address)");
  }

  @Test
  void aPatchIsNormalizedToo() {
    JsonObject stored = run.insert(SCHEMA, "{'target':'a.test'," + UPSTREAM + "}");
    assertThat(run.patch(SCHEMA, stored, "{'target':'127.000.000.001:1'}").getString("target"))
        .isEqualTo("127.0.0.1:1");
  }

  @Test
  void targetsGoWithTheirUpstream() {
    assertThat(run.message(SCHEMA, "{'target':'a.test'}"))
        .contains("schema violation (upstream: required field missing)");
    ForeignField upstream = (ForeignField) SCHEMA.fields().get("upstream");
    assertThat(upstream.cascades()).isTrue();
    assertThat(upstream.reference()).isEqualTo("upstreams");
  }
}
