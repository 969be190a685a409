package dev.sluice.api.schema;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MessagesTest {

  private static String summary(String fields) {
    return SchemaException.of(Run.json(fields)).getMessage();
  }

  @Test
  void oneProblemIsNotCounted() {
    assertThat(summary("{'host':'bad'}")).isEqualTo("schema violation (host: bad)");
  }

  @Test
  void entityMessagesComeFirstThenFieldsByName() {
    assertThat(summary("{'b':'2','a':'1','@entity':['z','y']}")).isEqualTo("4 schema violations (z; y; a: 1; b: 2)");
  }

  @Test
  void oneLevelIsFlattened() {
    assertThat(summary("{'tags':[null,'bad','worse'],'config':{'y':'2','x':'1'}}"))
        .isEqualTo("4 schema violations (config.x: 1; config.y: 2; tags.2: bad; tags.3: worse)");
  }

  @Test
  void deeperLevelsAreSpreadOverLines() {
    assertThat(summary("{'checks':{'active':{'timeout':'t','healthy':{'n':'m'}}}}")).isEqualTo("""
        schema violation (checks.active: {
          healthy = {
            n = "m"
          },
          timeout = "t"
        })""");
  }

  @Test
  void listsShowTheirGaps() {
    assertThat(summary("{'c':{'l':['a','b']}}")).isEqualTo("""
        schema violation (c.l: {
          "a",
          "b"
        })""");
    assertThat(summary("{'c':{'l':[null,'b']}}")).isEqualTo("""
        schema violation (c.l: {
          [2] = "b"
        })""");
    assertThat(summary("{'c':{'l':['a',null,'c']}}")).isEqualTo("""
        schema violation (c.l: {
          "a",
          [3] = "c"
        })""");
  }

  @Test
  void oddKeysAndTextsAreQuoted() {
    assertThat(summary("{'c':{'l':{'@entity':['m'],'end':'e'}}}")).isEqualTo("""
        schema violation (c.l: {
          ["@entity"] = {
            "m"
          },
          ["end"] = "e"
        })""");
    JsonObject quote = new JsonObject().put("l", new JsonObject().put("q", "say \"x\" \\"));
    assertThat(SchemaException.of(new JsonObject().put("c", quote)).getMessage())
        .isEqualTo("schema violation (c.l: {\n  q = \"say \\\"x\\\" \\\\\"\n})");
    JsonObject lines = new JsonObject().put("l", new JsonObject().put("q", "a\nb]]"));
    assertThat(SchemaException.of(new JsonObject().put("c", lines)).getMessage())
        .isEqualTo("schema violation (c.l: {\n  q = [=[a\nb]]]=]\n})");
  }
}
