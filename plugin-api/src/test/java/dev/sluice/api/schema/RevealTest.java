package dev.sluice.api.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RevealTest {

  private static final String REFERENCE = "{vault://env/x}";

  private static final Schema SCHEMA = Schema.builder()
      .field("plain", Fields.string())
      .field("secret", Fields.string().oneOf("a", "b").referenceable())
      .field("list", Fields.array(Fields.string().referenceable()))
      .field("map", Fields.map(Fields.string(), Fields.string().referenceable()))
      .field("record", Fields.record().field("inner", Fields.string().referenceable()))
      .build();

  private static final JsonObject DOCUMENT = new JsonObject()
      .put("plain", REFERENCE)
      .put("secret", REFERENCE)
      .put("list", new JsonArray().add("a").add(REFERENCE))
      .put("map", new JsonObject().put("k", REFERENCE))
      .put("record", new JsonObject().put("inner", REFERENCE));

  private final List<String> paths = new ArrayList<>();

  private JsonObject reveal(Schema schema, JsonObject document) {
    return schema.reveal(document, new SchemaRun(Clock.systemUTC(), Map.of(), ""), (path, reference) -> {
      assertThat(reference).isEqualTo(REFERENCE);
      paths.add(path);
      return "s3cret";
    });
  }

  @Test
  void secretsComeWhereTheyMay() {
    JsonObject before = DOCUMENT.copy();
    assertThat(reveal(SCHEMA, DOCUMENT)).isEqualTo(new JsonObject()
        .put("plain", REFERENCE)
        .put("secret", "s3cret")
        .put("list", new JsonArray().add("a").add("s3cret"))
        .put("map", new JsonObject().put("k", "s3cret"))
        .put("record", new JsonObject().put("inner", "s3cret")));
    assertThat(paths).containsExactly("secret", "list[2]", "map.k", "record.inner");
    assertThat(DOCUMENT).isEqualTo(before);
  }

  @Test
  void aReferenceIsNotJudged() {
    assertThat(Run.plain().insert(SCHEMA, DOCUMENT).getString("secret")).isEqualTo(REFERENCE);
    assertThat(Run.plain().message(SCHEMA, "{'secret':'c'}"))
        .contains("schema violation (secret: expected one of: a, b)");
  }

  @Test
  void mostSchemasNeedNoLook() {
    assertThat(SCHEMA.mayRefer()).isTrue();
    assertThat(Schema.builder().field("id", Types.id()).build().mayRefer()).isFalse();
  }
}
