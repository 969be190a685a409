package dev.sluice.api.request;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static dev.sluice.api.request.UrlEncoded.decode;
import static dev.sluice.api.request.UrlEncoded.parse;
import static dev.sluice.api.request.UrlEncoded.without;
import static org.assertj.core.api.Assertions.assertThat;

class UrlEncodedTest {

  @Test
  void argumentsKeepTheirOrderAndTheirDuplicates() {
    assertThat(parse("b=2&a=1&b=3&c&d=").entrySet()).containsExactly(
        Map.entry("b", List.of("2", "3")),
        Map.entry("a", List.of("1")),
        Map.entry("c", List.of("")),
        Map.entry("d", List.of("")));
    assertThat(parse("")).isEmpty();
    assertThat(parse("&&a=1&")).containsOnlyKeys("a");
  }

  @Test
  void onlyAmpersandsSeparate() {
    assertThat(parse("a=1;b=2")).isEqualTo(Map.of("a", List.of("1;b=2")));
    assertThat(parse("a=1=2&=3")).isEqualTo(Map.of("a", List.of("1=2"), "", List.of("3")));
  }

  @Test
  void escapesAreUndone() {
    assertThat(parse("a%20b=c+d%2B&%C3%A4=%E2%82%AC")).isEqualTo(Map.of("a b", List.of("c d+"), "ä", List.of("€")));
    assertThat(decode("Ã¤")).as("bytes that were not escaped").isEqualTo("ä");
  }

  @Test
  void whatIsNoEscapeStandsForItself() {
    assertThat(decode("%zz%")).isEqualTo("%zz%");
    assertThat(decode("100%+%4")).isEqualTo("100% %4");
    assertThat(decode("%+1")).isEqualTo("% 1");
  }

  @Test
  void anArgumentIsTakenOut() {
    assertThat(without("a=1&key=x&b=2", "key")).isEqualTo("a=1&b=2");
    assertThat(without("key=x", "key")).isEmpty();
    assertThat(without("key&a&key=", "key")).isEqualTo("a");
    assertThat(without("k%65y=x&keys=1", "key")).as("however its name is written").isEqualTo("keys=1");
    assertThat(without("a=%zz&b=c+d%2b", "key")).as("the rest stays").isEqualTo("a=%zz&b=c+d%2b");
    assertThat(without("a=\u00c3\u00a4 #&key=1", "key")).as("bytes no request line has").isEqualTo("a=%C3%A4%20%23");
  }
}
