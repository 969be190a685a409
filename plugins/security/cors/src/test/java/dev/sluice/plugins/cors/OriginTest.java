package dev.sluice.plugins.cors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class OriginTest {

  @ParameterizedTest
  @CsvSource({
    "http://o.test, http://o.test, o.test",
    "http://o.test:80, http://o.test, o.test",
    "https://o.test:443, https://o.test, o.test",
    "https://o.test:80, https://o.test:80, o.test",
    "http://o.test/, http://o.test, o.test",
    "http://u:p@o.test:81/x?y#z, http://o.test:81, o.test",
    "http://[::1]:8080, http://[::1]:8080, [::1]",
    "http://[::1], http://[::1], [::1]",
    "HTTP://O.TEST, HTTP://O.TEST, O.TEST",
    "null, null, null",
    "o.test, o.test, o.test",
    "http://, http://, http://",
  })
  void originsAreBroughtToOneForm(String given, String text, String host) {
    assertThat(Origin.of(given)).isEqualTo(new Origin(text, host));
  }

  @Test
  void anExpressionMustCoverTheWholeOrigin() {
    AllowedOrigin two = AllowedOrigin.of("http://(a|b)\\.test");
    assertThat(two.covers(Origin.of("http://a.test"))).isTrue();
    assertThat(two.covers(Origin.of("http://a.test.evil"))).isFalse();
    assertThat(two.covers(Origin.of("http://a.test:81"))).isFalse();
    AllowedOrigin either = AllowedOrigin.of("^http://a\\.test|http://b\\.test$");
    assertThat(either.covers(Origin.of("http://a.test"))).isTrue();
    assertThat(either.covers(Origin.of("http://a.test.evil"))).isFalse();
  }

  @Test
  void withoutAColonTheHostCounts() {
    assertThat(AllowedOrigin.of(".*\\.test").covers(Origin.of("https://a.test:99"))).isTrue();
    assertThat(AllowedOrigin.of("a.test").covers(Origin.of("https://a.test:99"))).isTrue();
    assertThat(AllowedOrigin.of("a.test").covers(Origin.of("https://b.test"))).isFalse();
  }
}
