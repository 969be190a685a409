package dev.sluice.api.schema;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LuaPatternTest {

  @ParameterizedTest
  @CsvSource({
    "^%u+$, GET, true",
    "^%u+$, Get, false",
    "^[^:]+:.*$, a:b, true",
    "^[^:]+:.*$, ab, false",
    "^[a-z][a-z%d-]-[a-z%d]+$, my-vault, true",
    "^[a-z][a-z%d-]-[a-z%d]+$, my-, false",
    "^%*%., *.a, true",
    "^%*%., a.*, false",
    "%.%*$, a.*, true",
    "^[Cc][Oo]%-[Ll]$, cO-l, true",
    "^[0-9]+-[0-9]+$, 1-2, true",
    "^[0-9]+%-[0-9]+$, 200-299, true",
    "a.c, xabcx, true",
    "^[%a_][%w_]*$, a_1, true",
    "^[%a_][%w_]*$, 1a, false",
    "^%S+$, a b, false",
    "^[^%s]+$, ab, true",
    "^[]x]$, ], true",
    "a+b, aab, true",
    "$x, a$x, true"
  })
  void meansTheSameAsInLua(String lua, String text, boolean found) {
    assertThat(LuaPattern.compile(lua).matcher(text).find()).isEqualTo(found);
  }

  @Test
  void theEndIsTheVeryEnd() {
    assertThat(LuaPattern.compile("^a$").matcher("a\n").find()).isFalse();
  }

  @Test
  void whatHasNoCounterpartIsRefused() {
    assertThatThrownBy(() -> LuaPattern.compile("%b()")).isInstanceOf(IllegalArgumentException.class);
  }
}
