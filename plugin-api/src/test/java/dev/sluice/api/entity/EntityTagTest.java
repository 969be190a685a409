package dev.sluice.api.entity;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class EntityTagTest {

  private static JsonObject service() {
    return new JsonObject()
        .put("name", "s")
        .put("port", 80)
        .putNull("path")
        .put("tags", new JsonArray().add("a").add("b"));
  }

  private static String tag(JsonObject service) {
    return EntityTag.of(CoreEntities.SERVICES, service);
  }

  @Test
  void staysWhateverTheOrderAndTheForm() {
    JsonObject other =
        new JsonObject()
            .put("tags", new JsonArray().add("a").add("b"))
            .putNull("path")
            .put("port", 80.0)
            .put("name", "s")
            .put("ttl", 7)
            .put("shown_beside", true);
    assertThat(tag(other)).isEqualTo(tag(service())).matches("\"[0-9a-f]{32}\"");
  }

  static Stream<Consumer<JsonObject>> changes() {
    return Stream.of(
        document -> document.put("name", "t"),
        document -> document.put("port", 81),
        document -> document.put("port", "80"),
        document -> document.put("path", "null"),
        document -> document.remove("path"),
        document -> document.put("tags", new JsonArray().add("ab")),
        document -> document.put("tags", new JsonArray().add("b").add("a")),
        document -> document.put("tags", new JsonObject().put("a", "b")));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void changesWithEachField(Consumer<JsonObject> change) {
    JsonObject changed = service();
    change.accept(changed);
    assertThat(tag(changed)).isNotEqualTo(tag(service()));
  }

  @Test
  void isFoundInAList() {
    assertThat(EntityTag.matches("\"a\"", "\"a\"")).isTrue();
    assertThat(EntityTag.matches("\"b\" , \"a\"", "\"a\"")).isTrue();
    assertThat(EntityTag.matches(" * ", "\"a\"")).isTrue();
    assertThat(EntityTag.matches("a", "\"a\"")).isFalse();
    assertThat(EntityTag.matches("W/\"a\"", "\"a\"")).isFalse();
    assertThat(EntityTag.matches("", "\"a\"")).isFalse();
  }
}
