package dev.sluice.api.request;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeaderTextTest {

  @Test
  void nothingBeginsAnotherLine() {
    for (String value : new String[] {"a\r\nb: c", "a\nb", "\r", "\u0000", "\u007f", "\u001b"}) {
      assertThat(HeaderText.isValue(value)).isFalse();
      assertThat(HeaderText.isName(value)).isFalse();
    }
  }

  @Test
  void otherValuesMayStand() {
    for (String value : new String[] {"", "a b\tc", "\u00e9", "~!{}"}) {
      assertThat(HeaderText.isValue(value)).isTrue();
    }
  }

  @Test
  void namesHaveNeitherBlanksNorColons() {
    assertThat(HeaderText.isName("X-Name_1")).isTrue();
    for (String name : new String[] {"", " ", "a b", "a:", "\u00e9"}) {
      assertThat(HeaderText.isName(name)).isFalse();
    }
  }
}
