package dev.sluice.plugins.routerexpressions;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.plugins.routerexpressions.RouteFixture.check;
import static dev.sluice.plugins.routerexpressions.RouteFixture.expression;
import static dev.sluice.plugins.routerexpressions.RouteFixture.route;
import static org.assertj.core.api.Assertions.assertThat;

final class TypeCheckTest {

  @ParameterizedTest
  @ValueSource(strings = {
    "net.protocol == \"http\" && tls.sni =^ \".test\" && http.method != \"GET\"",
    "http.host contains \"a\" && lower(http.path) ~ \"^/a\"",
    "http.path.segments.0 == \"foo\" && http.path.segments.20_30 ~ r#\"x/y\"# && http.path.segments.len == 10",
    "any(http.headers.x_y) == \"1\" && http.queries.q == \"\"",
    "net.src.ip in 10.0.0.0/8 && net.dst.ip == ::1 && net.src.port > 1 && net.dst.port <= 2",
    "net.src.ip != 10.0.0.1",
    "net.port == 80 && net.port!=81"
  })
  void takes(String source) {
    assertThat(check(expression("r", source))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
    "http.pat == \"/\"|Unknown LHS field",
    "path == \"/\"|Unknown LHS field",
    "http.headers.a.b == \"/\"|Unknown LHS field",
    "http.path == 1|Type mismatch between the LHS and RHS values of predicate",
    "net.src.port == \"1\"|Type mismatch between the LHS and RHS values of predicate",
    "net.src.ip == 10.0.0.0/8|Type mismatch between the LHS and RHS values of predicate",
    "lower(net.src.port) == 1|lower-case transformation function only supported with String type fields",
    "net.src.port ~ \"1\"|Regex operators only supports string operands",
    "net.src.port ^= 1|Regex/Prefix/Postfix operators only supports string operands",
    "http.path > \"1\"|Greater/GreaterOrEqual/Lesser/LesserOrEqual operators only supports integer operands",
    "http.path in \"1\"|In/NotIn operators only supports IP in CIDR",
    "net.src.ip in 10.0.0.1|In/NotIn operators only supports IP in CIDR",
    "net.src.port contains 1|Contains operator only supports string operands",
    "http.path.segments.len == \"10\"|Type mismatch between the LHS and RHS values of predicate",
    "http.path.segments.len0 == \"10\"|illformed http.path.segments.* field",
    "http.path.segments. == \"foo\"|illformed http.path.segments.* field",
    "http.path.segments.abc == \"foo\"|illformed http.path.segments.* field",
    "http.path.segments.1_2_3 == \"foo\"|illformed http.path.segments.* field",
    "http.path.segments.1_ == \"foo\"|illformed http.path.segments.* field",
    "http.path.segments._1 == \"foo\"|illformed http.path.segments.* field",
    "http.path.segments.2_1 == \"foo\"|illformed http.path.segments.* field",
    "http.path.segments.1_1 == \"foo\"|illformed http.path.segments.* field",
    "http.path.segments.01_2 == \"foo\"|illformed http.path.segments.* field",
    "http.path.segments.1_03 == \"foo\"|illformed http.path.segments.* field",
    "http.path.segments.99999999999999999999 == \"foo\"|illformed http.path.segments.* field"
  })
  void refusesInKongsWords(String source, String message) {
    assertThat(check(expression("r", source))).containsExactly("Router Expression failed validation: " + message);
  }

  @Test
  void fieldsOfHttpAreUnknownToStreams() {
    assertThat(check(expression("r", "http.path == \"/\"").protocols("tcp")))
        .containsExactly("Router Expression failed validation: Unknown LHS field");
    assertThat(check(expression("r", "net.src.port == 1 && tls.sni == \"a\"").protocols("tls"))).isEmpty();
  }

  @Test
  void messagesShowTheNewNameOfAField() {
    assertThat(check(expression("r", "net.port == 80 x")).get(0)).contains("1 | net.dst.port == 80 x\n");
  }

  /** As recorded of Kong. */
  @Test
  void classicFieldsAreToldOfAsTheExpressionTheyStandFor() {
    assertThat(check(route("r").with("headers", new JsonObject("{\"x-re\":[\"~*[\"]}"))))
        .containsExactly(
            """
            Router Expression failed validation:  --> 1:34
              |
            1 | (any(lower(http.headers.x_re)) ~ r#"["#)
              |                                  ^----^
              |
              = regex parse error:
                [
                ^
            error: unclosed character class""");
    assertThat(check(route("r").with("headers", new JsonObject("{\"x-a\":[]}"))))
        .containsExactly(
            "Router Expression failed validation:  --> 1:2\n  |\n1 | ()\n  |  ^---\n  |\n  = expected term");
    assertThat(check(route("r").list("hosts", "a.test", "*.b.test:81", "c.*").list("paths", "/", "~/(?<n>\\d+)")
            .list("snis", "a.test.", "*.b").list("methods", "GET")))
        .isEmpty();
  }
}
