package dev.sluice.plugins.requestvalidator;

import dev.sluice.testkit.fake.FakeRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.sluice.plugins.requestvalidator.Guarded.PARAMETER;
import static dev.sluice.plugins.requestvalidator.Guarded.json;
import static dev.sluice.plugins.requestvalidator.Guarded.parameter;
import static dev.sluice.plugins.requestvalidator.Guarded.parameters;
import static dev.sluice.plugins.requestvalidator.Guarded.passed;
import static dev.sluice.plugins.requestvalidator.Guarded.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which parameters pass. */
class ParameterTest {

  private static final String NUMBERS = "{'type': 'array', 'items': {'type': 'integer'}, 'minItems': 2}";
  private static final String POINT =
      "{'type': 'object', 'required': ['x', 'y'], 'additionalProperties': false,"
          + " 'properties': {'x': {'type': 'integer'}, 'y': {'type': 'boolean'}}}";

  private static Guarded guarded;

  @BeforeAll
  static void start() {
    guarded = new Guarded();
  }

  @AfterAll
  static void stop() {
    guarded.close();
  }

  private static void passes(String path, String query) {
    passed(guarded.gateway.get(path + query));
  }

  private static void fails(String path, String query) {
    refused(guarded.gateway.get(path + query), PARAMETER);
  }

  @Test
  void whatIsRequiredMustBeThere() {
    String path = guarded.route(parameters(
        new JsonObject().put("in", "query").put("name", "q").put("required", true),
        new JsonObject().put("in", "header").put("name", "X-Need").put("required", true),
        new JsonObject().put("in", "query").put("name", "may").put("required", false)));
    passed(guarded.gateway.get(path + "?q", Map.of("x-need", "1")));
    var without = guarded.gateway.get(path, Map.of("x-need", "1"));
    refused(without, PARAMETER);
    assertThat(without.bodyAsJsonObject().getString("data"))
        .isEqualTo("query 'q' validation failed with error: 'required parameter value not found in request'");
    refused(guarded.gateway.get(path + "?q=1"), PARAMETER);
  }

  @Test
  void valuesHaveTypes() {
    String number = guarded.query("n", "form", true, "{'type': 'integer', 'maximum': 10}");
    passes(number, "?n=10");
    passes(number, "?n=1e1");
    for (String bad : new String[] {"?n=11", "?n=x", "?n=", "?n=1.5", "?n=1&n=2", "?n=1e999999999", "?n=NaN", ""}) {
      fails(number, bad);
    }
    String flag = guarded.query("f", "form", false, "{'type': 'boolean'}");
    passes(flag, "?f=true");
    fails(flag, "?f=1");
    String text = guarded.query("t", "form", false, "{'type': 'string', 'pattern': '^a+$'}");
    passes(text, "?t=%61a");
    fails(text, "?t=b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "form | true | ?p=1&p=2 | ?p=1",
        "form | false | ?p=1,2 | ?p=1,x",
        "form | false | ?p=1,2 | ?p=1,2&p=3",
        "spaceDelimited | false | ?p=1%202 | ?p=1",
        "pipeDelimited | false | ?p=1%7C2 | ?p=1,2"
      })
  void listsInQueries(String style, boolean explode, String good, String bad) {
    String path = guarded.query("p", style, explode, NUMBERS);
    passes(path, good);
    fails(path, bad);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "form | true | ?x=1&y=true | ?x=1",
        "form | true | ?x=1&y=true | ?x=1&y=true&x=2",
        "form | false | ?p=x,1,y,false | ?p=x,1,y",
        "deepObject | true | ?p[x]=1&p[y]=true | ?p[x]=1&p[y]=true&p[z]=1"
      })
  void objectsInQueries(String style, boolean explode, String good, String bad) {
    String path = guarded.query("p", style, explode, POINT);
    passes(path, good);
    fails(path, bad);
  }

  @Test
  void headers() {
    String list = guarded.route(parameters(parameter("header", "X-List", "simple", false, NUMBERS)));
    passed(guarded.gateway.get(list, Map.of("X-List", "1,2")));
    refused(guarded.gateway.get(list, Map.of("X-List", "1,b")), PARAMETER);
    String point = guarded.route(parameters(parameter("header", "X-Point", "simple", true, POINT)));
    passed(guarded.gateway.get(point, Map.of("X-Point", "x=1,y=true")));
    refused(guarded.gateway.get(point, Map.of("X-Point", "x=1,y=2")), PARAMETER);
  }

  /** Who reads it behind the gateway may take the other one. */
  @Test
  void whatIsThereTwiceIsNoSingleValue() {
    ParameterRule one = rule("header", "X-One", "simple", "{'type': 'integer'}");
    assertThat(one.violation(FakeRequest.of(1).header("X-One", "7"))).isEmpty();
    assertThat(one.violation(FakeRequest.of(1).header("X-One", "7").header("x-one", "x"))).isPresent();
    ParameterRule list = rule("header", "X-List", "simple", NUMBERS);
    assertThat(list.violation(FakeRequest.of(1).header("X-List", "1").header("X-List", "2,3"))).isEmpty();
    assertThat(list.violation(FakeRequest.of(1).header("X-List", "1,2").header("X-List", "b"))).isPresent();
    ParameterRule matrix = rule("path", "id", "matrix", "{'type': 'integer'}");
    assertThat(matrix.violation(FakeRequest.of(1).captures(List.of(), Map.of("id", ";id=7")))).isEmpty();
    assertThat(matrix.violation(FakeRequest.of(1).captures(List.of(), Map.of("id", ";id=7;id=x")))).isPresent();
  }

  private static ParameterRule rule(String place, String name, String style, String schema) {
    return new ParameterRule(place, name, true, Optional.of(ParameterForm.of(json(schema), style, false)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "simple | false | 1,2 | 1",
        "label | false | .1,2 | 1,2",
        "label | true | .1.2 | .1",
        "matrix | false | ;p=1,2 | ;p=1",
        "matrix | false | ;p=1,2 | ;p=1,2;p=x",
        "matrix | false | ;p=1,2 | ;q=1,2",
        "matrix | true | ;p=1;p=2 | ;p=1;p=x"
      })
  void listsInPaths(String style, boolean explode, String good, String bad) {
    assertThat(ParameterForm.of(json(NUMBERS), style, explode).violation("p", good)).isEmpty();
    assertThat(ParameterForm.of(json(NUMBERS), style, explode).violation("p", bad)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "simple | false | x,1,y,true | x,1",
        "label | true | .x=1.y=true | .x=1.y=2",
        "matrix | true | ;x=1;y=true | ;x=1",
        "matrix | false | ;p=x,1,y,true | ;p=x,a,y,true"
      })
  void objectsInPaths(String style, boolean explode, String good, String bad) {
    assertThat(ParameterForm.of(json(POINT), style, explode).violation("p", good)).isEmpty();
    assertThat(ParameterForm.of(json(POINT), style, explode).violation("p", bad)).isPresent();
  }

  @Test
  void pathsAreTakenApartByTheRoute() {
    ParameterRule rule = rule("path", "id", "simple", "{'type': 'integer'}");
    assertThat(rule.violation(FakeRequest.of(1).captures(List.of("7"), Map.of("id", "7")))).isEmpty();
    assertThat(rule.violation(FakeRequest.of(1).captures(List.of("x"), Map.of("id", "x")))).isPresent();
    assertThat(rule.violation(FakeRequest.of(1).captures(List.of(), Map.of())))
        .contains("path 'id' validation failed with error: 'required parameter value not found in request'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"query | simple", "header | form", "path | deepObject"})
  void eachPlaceHasItsStyles(String place, String style) {
    assertThatThrownBy(() -> guarded.route(parameters(parameter(place, "p", style, false, NUMBERS))))
        .hasMessageContaining("style '" + style + "' is not for parameters in '" + place + "'");
  }

  @Test
  void styleExplodeAndSchemaGoTogether() {
    JsonObject rule = parameter("query", "p", "form", false, NUMBERS);
    rule.remove("style");
    assertThatThrownBy(() -> guarded.route(parameters(rule))).hasMessageContaining("all or none of these fields must be set");
    assertThatThrownBy(() -> guarded.route(parameters(parameter("query", "p", "form", false, "{'minimum': 1}"))))
        .hasMessageContaining("must have a type");
    assertThatThrownBy(
            () -> guarded.route(new JsonObject().put("parameter_schema", new JsonArray().add(new JsonObject()))))
        .hasMessageContaining("required field missing");
  }
}
