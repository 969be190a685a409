package dev.sluice.api.entity;

import dev.sluice.api.schema.Run;
import dev.sluice.api.schema.Schema;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConsumerSchemaTest {

  private static final Schema SCHEMA = CoreEntities.CONSUMERS.schema();

  private final Run run = Run.plain();

  @Test
  void oneOfTwoNamesIsNeeded() {
    String problem = "at least one of these fields must be non-empty: 'custom_id', 'username'";
    assertThat(run.message(SCHEMA, "{}")).contains("schema violation (" + problem + ")");
    assertThat(run.message(SCHEMA, "{'custom_id':'c'}")).isEmpty();
    assertThat(run.patchRefusal(SCHEMA, run.insert(SCHEMA, "{'username':'u'}"), "{'username':null}"))
        .hasMessage("schema violation (when updating, " + problem + ")");
  }

  @Test
  void namesMayHaveAnyCharacters() {
    assertThat(run.insert(SCHEMA, "{'username':'ユーザー 名 /'}").getString("username")).isEqualTo("ユーザー 名 /");
  }

  @Test
  void bothNamesAreUnique() {
    assertThat(SCHEMA.fields().get("username").isUnique()).isTrue();
    assertThat(SCHEMA.fields().get("custom_id").isUnique()).isTrue();
    assertThat(SCHEMA.fields().get("tags").isUnique()).isFalse();
  }
}
