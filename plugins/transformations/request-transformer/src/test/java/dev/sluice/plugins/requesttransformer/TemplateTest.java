package dev.sluice.plugins.requesttransformer;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TemplateTest {

  private static final Map<Object, Object> HEADERS = Map.of("x", "1", "x-y", "Abc");
  private static final Scope SCOPE = name -> switch (name) {
    case "headers" -> (Scope.Table) HEADERS::get;
    case "n" -> 7.0;
    default -> null;
  };

  private static String render(String text) {
    return Template.compile(text).render(SCOPE);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "plain | plain",
    "$ and (x) | $ and (x)",
    "$(headers.x) | 1",
    "a$(headers['x-y'])b$(headers.x)c | aAbcb1c",
    "$(headers[\"none\"]) | ''",
    "$(headers.none or 'other') | other",
    "$(headers.none or headers.x) | 1",
    "$(headers.x and 'yes' or 'no') | yes",
    "$(headers.none and 'yes' or 'no') | no",
    "$(not headers.none and 'free') | free",
    "$(headers.x == '1' and 'same') | same",
    "$(headers.x ~= '1' and 'other' or 'same') | same",
    "$('a' .. 'b' .. 1 + 2 * 3) | ab7",
    "$((1 + 2) * 3) | 9",
    "$(-n + 0.5) | -6.5",
    "$(10 / 4) | 2.5",
    "$(#headers['x-y']) | 3",
    "$(n > 6 and 'more') | more",
    "$(('a' < 'b') and 'before') | before",
    "$(string.upper(headers['x-y'])) | ABC",
    "$(headers['x-y']:lower()) | abc",
    "$(headers['x-y']:sub(2, 3)) | bc",
    "$(string.sub('hello', -3)) | llo",
    "$(tostring(tonumber('5') + 1)) | 6",
    "$(type(headers.none)) | nil",
    "$('it\\'s') | it's",
    "$( \"a)b\" ) | a)b",
    "$(nil) | ''",
  })
  void expressionsAreEvaluated(String template, String expected) {
    assertThat(render(template)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "$(headers.", "$(", "$(headers.x", "$('open)", "$(os.execute('ls'))", "$(require('x'))", "$(a b)", "$(1 +)",
    "$((function() return 1 end)())", "$(headers[)", "$(x:gsub('a','b'))",
  })
  void whatIsNotKnownIsRefusedBeforehand(String template) {
    assertThatThrownBy(() -> Template.compile(template)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$(none.x)", "$(headers.none.x)", "$(headers)", "$('a' .. nil)", "$('a' + 1)", "$('a' < 1)"})
  void whatGoesWrongLaterIsAnError(String template) {
    assertThatThrownBy(() -> render(template)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() -> Template.compile("$(" + "(".repeat(10_000) + "1" + ")".repeat(10_001)))
        .hasMessageContaining("too deep");
    assertThatThrownBy(() -> Template.compile("$(" + "- ".repeat(10_000) + "1)")).hasMessageContaining("too deep");
  }

  @Test
  void whatIsAskedForIsKnown() {
    assertThat(Template.compile("$('a' .. (headers.x or 'b'))").refersTo("headers")).isTrue();
    assertThat(Template.compile("$(query_params.headers)").refersTo("headers")).isFalse();
  }
}
