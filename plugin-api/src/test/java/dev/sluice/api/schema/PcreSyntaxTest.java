package dev.sluice.api.schema;

import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PcreSyntaxTest {

  @ParameterizedTest
  @CsvSource(delimiter = ' ', value = {
    "/users/(?<uid>\\d+)/?$ /users/12",
    "/users/(?P<user_id>\\d+)$ /users/12",
    "/(?'n'a)b /ab",
    "/(?<a>x)\\k{a} /xx",
    "/(?P<a>x)(?P=a) /xx",
    "/[[:alpha:]]+$ /abc",
    "/[^[:digit:]]$ /a",
    "/[[]$ /[",
    "/[]a]$ /]",
    "/[a&&b]$ /&",
    "/{id}$ /{id}",
    "/a{2,3}$ /aaa",
    "/(?:a|b)(?=c) /ac",
    "/\\[x\\]$ /[x]"
  })
  void readsWhatPcreReads(String regex, String text) {
    assertThat(PcreSyntax.problem(regex)).isEmpty();
    assertThat(PcreSyntax.compile(regex).matcher(text).find()).isTrue();
  }

  @Test
  void groupsCanBeFoundByName() {
    Matcher matcher = PcreSyntax.compile("/(?<user_id>\\d+)").matcher("/42");
    assertThat(matcher.find()).isTrue();
    assertThat(matcher.group(PcreSyntax.groupName("user_id"))).isEqualTo("42");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "/[|missing terminating ] for character class",
    "/a(|missing closing parenthesis",
    "/a)|unmatched closing parenthesis",
    "*a|quantifier does not follow a repeatable item"
  })
  void problemsAreToldInPcresWords(String regex, String words) {
    assertThat(PcreSyntax.problem(regex)).contains("pcre2_compile() failed: " + words + " in \"" + regex + "\"");
  }
}
