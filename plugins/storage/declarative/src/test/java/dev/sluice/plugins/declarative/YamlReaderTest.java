package dev.sluice.plugins.declarative;

import dev.sluice.plugins.declarative.YamlReader.BadYamlException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class YamlReaderTest {

  private static JsonObject read(String... lines) throws BadYamlException {
    return (JsonObject) YamlReader.read(String.join("\n", lines));
  }

  @Test
  void readsScalars() throws BadYamlException {
    JsonObject read =
        read(
            "a: 1", "b: 1.5", "c: yes", "d: 'yes'", "e: ~", "f:", "g: 2026-01-01", "h: 0x1F", "i: 010", "j: 12:30",
            "k: 1_000", "l: \"3.0\"", "m: 99999999999", "n: .inf", "o: 3.0", "p: text # comment");
    assertThat(read.getValue("a")).isEqualTo(1);
    assertThat(read.getValue("b")).isEqualTo(1.5);
    assertThat(read.getValue("c")).isEqualTo(true);
    assertThat(read.getValue("d")).isEqualTo("yes");
    assertThat(read.getValue("e")).isNull();
    assertThat(read.containsKey("f")).isTrue();
    assertThat(read.getValue("g")).isEqualTo("2026-01-01");
    assertThat(read.getValue("h")).isEqualTo(31L);
    assertThat(read.getValue("i")).isEqualTo(8L);
    assertThat(read.getValue("j")).isEqualTo("12:30");
    assertThat(read.getValue("k")).isEqualTo(1000);
    assertThat(read.getValue("l")).isEqualTo("3.0");
    assertThat(read.getValue("m")).isEqualTo(99_999_999_999L);
    assertThat(read.getValue("n")).isEqualTo(".inf");
    assertThat(read.getValue("o")).isEqualTo(3.0);
    assertThat(read.getValue("p")).isEqualTo("text");
  }

  @Test
  void followsAnchorsAndMerges() throws BadYamlException {
    JsonObject read = read("_ignore:", "- &base {port: 80, host: a}", "services:", "- <<: *base", "  host: b", "- *base");
    JsonArray services = read.getJsonArray("services");
    assertThat(services.getJsonObject(0)).isEqualTo(new JsonObject().put("port", 80).put("host", "b"));
    assertThat(services.getJsonObject(1)).isEqualTo(new JsonObject().put("port", 80).put("host", "a"));
  }

  @Test
  void refusesTags() {
    assertThatThrownBy(() -> read("a: !!javax.script.ScriptEngineManager []")).isInstanceOf(BadYamlException.class);
    assertThatThrownBy(() -> read("a: !!binary aGk=")).isInstanceOf(BadYamlException.class);
    assertThatThrownBy(() -> read("a: !env HOME")).isInstanceOf(BadYamlException.class);
  }

  @Test
  void refusesWhatGrowsWithoutEnd() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      laughs.append("a").append(i).append(": &a").append(i).append(" [");
      laughs.append(("*a" + (i - 1) + ", ").repeat(9)).append("*a").append(i - 1).append("]\n");
    }
    assertThatThrownBy(() -> YamlReader.read(laughs.toString()))
        .isInstanceOf(BadYamlException.class)
        .hasMessageContaining("values");
    assertThatThrownBy(() -> read("a: &a", "- *a")).isInstanceOf(BadYamlException.class);
    assertThatThrownBy(() -> YamlReader.read("[".repeat(5000))).isInstanceOf(BadYamlException.class);
  }

  @Test
  void refusesWhatIsNoYaml() {
    assertThatThrownBy(() -> read("a: [")).isInstanceOf(BadYamlException.class);
    assertThatThrownBy(() -> read("? [a]", ": b")).isInstanceOf(BadYamlException.class);
    assertThatThrownBy(() -> read("a: 1", "---", "b: 2")).isInstanceOf(BadYamlException.class);
  }

  @Test
  void writesWhatItReads() throws BadYamlException {
    JsonObject document =
        new JsonObject()
            .put("_format_version", "3.0")
            .put("text", "yes")
            .put("date", "2026-01-01")
            .put("lines", "a\nb\n")
            .put("number", 1461276890.123)
            .put("large", 1e16)
            .putNull("nothing")
            .put("list", new JsonArray().add(1).add(new JsonObject().put("a", false)).add(new JsonArray()))
            .put("empty", new JsonObject());
    String yaml = YamlWriter.write(document);
    assertThat(yaml).contains("number: 1461276890.123\n").contains("_format_version: '3.0'");
    JsonObject read = (JsonObject) YamlReader.read(yaml);
    assertThat(read.getDouble("large")).isEqualTo(1e16);
    read.put("large", 1e16);
    assertThat(read).isEqualTo(document);
  }
}
