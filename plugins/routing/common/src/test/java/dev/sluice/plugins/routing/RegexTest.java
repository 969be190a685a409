package dev.sluice.plugins.routing;

import dev.sluice.api.routing.RouteMatch.Captures;
import dev.sluice.plugins.routing.Regex.Hit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class RegexTest {

  @ParameterizedTest
  @ValueSource(strings = {"/u/(?<id>\\d+)(/x)?", "/u/(?P<id>\\d+)(/x)?", "/u/(?=\\d)(?<id>\\d+)(/x)?"})
  void capturesNumberedAndNamedGroups(String pattern) {
    Regex regex = Regex.lenient(pattern);

    assertThat(regex.hit("/u/12/y")).contains(new Hit(5, new Captures(List.of("12", ""), Map.of("id", "12"))));
    assertThat(regex.hit("/u/12/x"))
        .contains(new Hit(7, new Captures(List.of("12", "/x"), Map.of("id", "12"))));
    assertThat(regex.hit("/u/x")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a|/b", "(?=/)/a|/b"})
  void everyAlternativeIsAnchoredAtTheStart(String pattern) {
    Regex regex = Regex.lenient(pattern);

    assertThat(regex.matchesStart("/a")).isTrue();
    assertThat(regex.matchesStart("/bc")).isTrue();
    assertThat(regex.matchesStart("/x/b")).isFalse();
    assertThat(regex.found("/x/b")).isTrue();
    assertThat(regex.hit("/bc")).contains(new Hit(2, Captures.NONE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/(?=a)", "/(?!a)", "/(?<=a)", "/(a)\\1", "/a++", "/(?>a)"})
  void onlyTheLenientOnesLookAroundAndBack(String pattern) {
    assertThatThrownBy(() -> Regex.linear(pattern)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Regex.lenient(pattern)).isInstanceOf(BacktrackingRegex.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a(", "/[", "/(?<n>a)(?<n>b)", "/*+?", "/[[:nonsense:]](?=a)"})
  void whatIsNoExpressionIsRefused(String pattern) {
    assertThatThrownBy(() -> Regex.linear(pattern)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Regex.lenient(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotBlank();
  }

  @Test
  void backtrackingOnesReadPerlsWriting() {
    Regex regex = Regex.lenient("/(?=x)(?<one_part>[[:alpha:]]+)/(?P<two_part>[^]/[&]+)/\\k<one_part>(?P=two_part)");

    assertThat(regex.hit("/xy/12/xy12"))
        .hasValueSatisfying(
            hit -> assertThat(hit.captures().named()).isEqualTo(Map.of("one_part", "xy", "two_part", "12")));
    assertThat(regex.matchesStart("/xy/1]/xy1]")).isFalse();
    assertThat(regex.matchesStart("/xy/1[/xy1[")).isFalse();
    assertThat(Regex.lenient("/(?<!a)[[:xdigit:]_&&x]").matchesStart("/&")).isTrue();
  }

  @Test
  @Timeout(20)
  void aHostileInputIsDroppedInsteadOfHoldingTheThread() {
    Regex regex = Regex.lenient("/(?=a)(a+)+$");
    String hostile = "/" + "a".repeat(8_000) + "!";

    assertThat(regex.matchesStart("/aaa")).isTrue();
    assertThat(bestTimeOfTen(regex, hostile)).isLessThan(Duration.ofMillis(50));
    assertThat(regex.matchesStart(hostile)).isFalse();
    assertThat(regex.hit(hostile)).isEmpty();
    assertThat(Regex.lenient("(?=/)(?:/|a|b)*$").matchesStart("/" + "ab".repeat(40_000))).isFalse();
  }

  @Test
  @Timeout(20)
  void aHostileInputDoesNotSlowALinearOne() {
    Regex regex = Regex.linear("/(a+)+$");
    String hostile = "/" + "a".repeat(8_000) + "!";

    assertThat(regex.matchesStart(hostile)).isFalse();
    assertThat(bestTimeOfTen(regex, hostile)).isLessThan(Duration.ofMillis(100));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/api/v1 /api/v1",
        "/a\\.b\\/c /a.b/c",
        "/r/[^/]+/end /r/",
        "/rou(?:te)?/ /rou",
        "/a/\\d+ /a/",
        "/ab* /a",
        "/ab? /a",
        "/ab+c /ab",
        "/ab{2} /a",
        "/a$ /a",
        "/a.c /a",
        "/(a|b) /",
        "/[a|b]c /",
        "/x[]|]|/y ''",
        "/x[[:alpha:](]|/y ''",
        "/x\\||/y ''",
        "/x\\|y /x|y",
        "/a|/b ''",
        "(?i)/a ''",
        "/a\\Qb|\\E ''",
        "/a\uD83D\uDE00? /a",
      })
  void knowsWhatEveryMatchBeginsWith(String pattern, String literal) {
    assertThat(Regex.linear(pattern).literalPrefix()).isEqualTo(literal);
  }

  private static Duration bestTimeOfTen(Regex regex, String input) {
    long best = Long.MAX_VALUE;
    for (int run = 0; run < 10; run++) {
      long start = System.nanoTime();
      regex.matchesStart(input);
      best = Math.min(best, System.nanoTime() - start);
    }
    return Duration.ofNanos(best);
  }

  @Test
  void aSearchTellsWhenItIsUndecided() {
    assertThat(Regex.lenient("b+").search("abc")).isEqualTo(Regex.Verdict.FOUND);
    assertThat(Regex.lenient("x+").search("abc")).isEqualTo(Regex.Verdict.ABSENT);
    Regex hostile = Regex.lenient("(?=x)(x+x+)+y");
    assertThat(hostile.search("xxy")).isEqualTo(Regex.Verdict.FOUND);
    assertThat(hostile.search("abc")).isEqualTo(Regex.Verdict.ABSENT);
    assertThat(hostile.search("x".repeat(1000))).isEqualTo(Regex.Verdict.UNDECIDED);
  }

  @Test
  void findsTheFirstMatchAnywhere() {
    for (Regex regex : new Regex[] {Regex.linear("b(?<n>\\d)(x)?"), Regex.lenient("(?=b)b(?<n>\\d)(x)?")}) {
      assertThat(regex.first("ab1b2x"))
          .contains(new Regex.Span("b1", new Captures(List.of("1", ""), Map.of("n", "1"))));
      assertThat(regex.first("abc")).isEmpty();
    }
  }

  @Test
  void anchorsAllAlternatives() {
    assertThat(Regex.linear(Regex.anchored("/a|/b")).found("/x/b")).isFalse();
    assertThat(Regex.linear(Regex.anchored("/a|/b")).found("/b")).isTrue();
    assertThat(Regex.anchored("/(a|b)")).isEqualTo("^/(a|b)");
  }

  @Test
  void knowsWhatAnInputBeginsWithWhereItIsFound() {
    assertThat(Regex.linear("^/a/\\d+").inputPrefix()).isEqualTo("/a/");
    for (String open : List.of("/a", "^/a|/b", "(?i)^/a", "^*/a", "")) {
      assertThat(Regex.linear(open).inputPrefix()).as(open).isEmpty();
    }
    assertThat(Regex.lenient("^/a(?!b)").inputPrefix()).isEmpty();
  }
}
