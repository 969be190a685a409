package dev.sluice.plugins.requestvalidator;

import dev.sluice.testkit.TestBackend;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.plugins.requestvalidator.Guarded.BODY;
import static dev.sluice.plugins.requestvalidator.Guarded.passed;
import static dev.sluice.plugins.requestvalidator.Guarded.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which bodies pass. */
class BodyTest {

  private static final String PERSON =
      "{'type': 'object', 'required': ['name'], 'additionalProperties': false, 'properties': {"
          + "'name': {'type': 'string', 'minLength': 1}, 'age': {'$ref': '#/definitions/age'}},"
          + "'definitions': {'age': {'type': 'integer', 'minimum': 0}}}";

  private static Guarded guarded;

  @BeforeAll
  static void start() {
    guarded = new Guarded();
  }

  @AfterAll
  static void stop() {
    guarded.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"draft4", "draft6", "draft7", "draft201909", "draft202012"})
  void goesBySchema(String version) {
    String path = guarded.body(version, PERSON);
    var good = guarded.post(path, "{'name': 'ada', 'age': 36}");
    passed(good);
    assertThat(good.bodyAsJsonObject().getString("body")).isEqualTo("{\"name\": \"ada\", \"age\": 36}");
    for (String bad : new String[] {
      "{}", "[]", "1", "null", "{'name': ''}", "{'name': 1}", "{'name': 'x', 'age': -1}", "{'name': 'x', 'age': 1.5}",
      "{'name': 'x', 'more': 1}"
    }) {
      refused(guarded.post(path, bad), BODY);
    }
    assertThat(guarded.post(path, "{'name': 'x', 'age': -1}").bodyAsJsonObject().getString("data"))
        .isEqualTo("/age: must have a minimum value of 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "draft4 | {'exclusiveMinimum': true, 'minimum': 3} | 4 | 3",
        "draft6 | {'const': 3} | 3 | 4",
        "draft7 | {'if': {'type': 'string'}, 'then': {'minLength': 2}, 'else': {'type': 'null'}} | 'ab' | 'a'",
        "draft201909 | {'dependentRequired': {'a': ['b']}} | {'a': 1, 'b': 2} | {'a': 1}",
        "draft202012 | {'prefixItems': [{'type': 'string'}], 'items': false} | ['a'] | ['a', 1]"
      })
  void knowsWhatEachDraftBrought(String version, String schema, String good, String bad) {
    String path = guarded.body(version, schema);
    passed(guarded.post(path, good));
    refused(guarded.post(path, bad), BODY);
  }

  @Test
  void goesByKongsLanguage() {
    String path = guarded.body(
        "kong",
        "[{'name': {'type': 'string', 'required': true, 'match': '^%a+$'}},"
            + "{'age': {'type': 'integer', 'between': [0, 150]}}, {'kind': {'type': 'string', 'one_of': ['a', 'b']}},"
            + "{'address': {'type': 'record', 'fields': [{'street': {'type': 'string', 'required': true}}]}},"
            + "{'tags': {'type': 'array', 'elements': {'type': 'string', 'len_max': 3}}},"
            + "{'more': {'type': 'map', 'keys': {'type': 'string'}, 'values': {'type': 'boolean'}}}]");
    passed(guarded.post(
        path, "{'name': 'ada', 'age': 36, 'kind': 'a', 'address': {'street': 'x'}, 'tags': ['a'], 'more': {'b': true}}"));
    passed(guarded.post(path, "{'name': 'ada'}"));
    for (String bad : new String[] {
      "{}", "[]", "{'name': '1'}", "{'name': 'a', 'age': 151}", "{'name': 'a', 'kind': 'c'}", "{'name': 'a', 'x': 1}",
      "{'name': 'a', 'address': {}}", "{'name': 'a', 'tags': ['long']}", "{'name': 'a', 'more': {'b': 1}}"
    }) {
      refused(guarded.post(path, bad), BODY);
    }
    assertThat(guarded.post(path, "{}").bodyAsJsonObject().getJsonObject("data"))
        .isEqualTo(new JsonObject().put("name", "required field missing"));
  }

  @Test
  void tellsNothingUnlessItMay() {
    String path = guarded.route(new JsonObject().put("version", "draft4").put("body_schema", "{\"type\":\"object\"}"));
    var answer = guarded.post(path, "[]");
    refused(answer, BODY);
    assertThat(answer.bodyAsJsonObject().containsKey("data")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{'a': 1} {}", "{'a': 1, 'a': 2}", "{'a': 1,}", "nul"})
  void refusesWhatIsReadInTwoWays(String body) {
    refused(guarded.post(guarded.body("draft4", "{'type': 'object'}"), body), BODY);
  }

  @Test
  void refusesWhatIsTooDeep() {
    refused(guarded.post(guarded.body("draft4", "{}"), "[".repeat(5000) + "]".repeat(5000)), BODY);
  }

  @Test
  void looksAtLongBodiesToo() {
    String path = guarded.body("draft4", "{'items': {'type': 'integer'}}");
    passed(guarded.post(path, "[" + "1,".repeat(100_000) + "1]"));
    refused(guarded.post(path, "[" + "1,".repeat(100_000) + "'1']"), BODY);
    assertThat(guarded.post(path, "[" + "1,".repeat(4_500_000) + "1]").statusCode()).isEqualTo(413);
  }

  @Test
  void looksAtTheContentsType() {
    JsonObject config = new JsonObject()
        .put("version", "draft4")
        .put("body_schema", "{\"type\": \"object\"}")
        .put(
            "allowed_content_types",
            new JsonArray().add("application/json").add("application/json; charset=UTF-8").add("application/x+json").add("text/plain"));
    String path = guarded.route(config);
    String wrong = "specified Content-Type is not allowed";
    passed(guarded.post(path, "Application/JSON", "{}"));
    passed(guarded.post(path, "application/json;charset=utf-8", "{}"));
    refused(guarded.post(path, "application/json;charset=latin1", "{}"), wrong);
    refused(guarded.post(path, "application/xml", "<a/>"), wrong);
    refused(guarded.gateway.get(path), wrong);
    refused(guarded.post(path, "application/x+json", "[]"), BODY);
    passed(guarded.post(path, "text/plain", "not looked at"));
    String loose = guarded.route(config.put("content_type_parameter_validation", false));
    passed(guarded.post(loose, "application/json;charset=latin1", "{}"));
    refused(guarded.post(loose, "application/json;charset=latin1", "[]"), BODY);
  }

  @Test
  void nothingIsFetched() {
    AtomicInteger asked = new AtomicInteger();
    try (TestBackend elsewhere = TestBackend.of(request -> {
      asked.incrementAndGet();
      request.response().end("{}");
    })) {
      String url = "http://127.0.0.1:" + elsewhere.port() + "/schema";
      assertThatThrownBy(() -> guarded.body("draft7", "{'$ref': '" + url + "'}")).hasMessageContaining("nothing is fetched");
      assertThatThrownBy(() -> guarded.body("draft202012", "{'$ref': 'file:///etc/hostname'}"))
          .hasMessageContaining("nothing is fetched");
      assertThatThrownBy(() -> guarded.body("draft202012", "{'$schema': '" + url + "'}")).isNotNull();
      assertThat(asked).hasValue(0);
    }
    String ownLanguage = guarded.body("draft7", "{'$ref': 'http://json-schema.org/draft-07/schema#'}");
    passed(guarded.post(ownLanguage, "{'type': 'object'}"));
    refused(guarded.post(ownLanguage, "{'type': 'nothing'}"), BODY);
  }

  @Test
  void patternsTakeLinearTime() {
    String path = guarded.body("draft7", "{'pattern': '^(a+)+$', 'patternProperties': {'^(b|b)*c$': {}}}");
    String evil = "a".repeat(30_000) + "!";
    Instant before = Instant.now();
    refused(guarded.post(path, "'" + evil + "'"), BODY);
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
    passed(guarded.post(guarded.body("draft7", "{'pattern': '^\\\\u0041\\\\d\\\\/$'}"), "'A1/'"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "draft4 | {'type': 'nothing'} | not a valid schema",
        "draft4 | [] | not a valid schema",
        "draft4 | { | failed decoding schema",
        "draft7 | {'pattern': '(?=a)'} | linear time",
        "draft7 | {'$ref': '#/nowhere'} | not a valid schema",
        "kong | {} | failed decoding schema",
        "kong | [{'a': {'type': 'nothing'}}] | no type that is known",
        "kong | [{'a': {'type': 'string', 'odd': 1}}] | unknown rule 'odd'",
        "kong | [1] | each field is an object",
        "kong | [{'a': {'type': 'array'}}] | a rule that is none"
      })
  void badSchemasAreRefused(String version, String schema, String message) {
    assertThatThrownBy(() -> guarded.body(version, schema)).hasMessageContaining(message);
  }

  /** In a node it is the gateway's, which knows nothing of this jar. */
  @ParameterizedTest
  @ValueSource(strings = {"draft4", "draft6", "draft7", "draft201909", "draft202012"})
  void theLoaderOfTheThreadPlaysNoPart(String version) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      assertThat(Dialect.of(version).flaw("{\"type\": \"object\"}")).isEmpty();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void somethingMustBeLookedAt() {
    assertThatThrownBy(() -> guarded.route(new JsonObject()))
        .hasMessageContaining("at least one of these fields must be non-empty: 'config.body_schema', 'config.parameter_schema'");
  }

  /** As a text it conformed to the first, and the second one failed with an error of the server. */
  @Test
  void aNumberBeyondAllIsNone() {
    refused(guarded.post(guarded.body("kong", "[{'a': {'type': 'string'}}]"), "{'a': 1e999}"), BODY);
    refused(guarded.post(guarded.body("draft7", "{'enum': [1]}"), "-1e999"), BODY);
  }
}
