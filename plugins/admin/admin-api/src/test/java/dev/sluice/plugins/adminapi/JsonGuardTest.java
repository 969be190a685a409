package dev.sluice.plugins.adminapi;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Case LM-08. */
class JsonGuardTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}", "[]", "1", "\"a\"", "", "{\"a\":1,\"b\":{\"a\":[{\"a\":1},{\"a\":\"a\"}],\"b\":\"}\\\"{\"}}",
        "[\"a\",\"a\"]",
        "{\"a\":\"a\",\"b\":\"a\"}", "{\"a\":[1,\"a\"],\"b\":1}", "{broken", "\"", "\"\\", "}}]]", "{,}"
      })
  void letsThrough(String text) {
    assertThat(JsonGuard.allows(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "[{\"x\":{\"a\":[],\"b\":1,\"a\":{}}}]",
        "{\"a\\n\":1,\"a\\u000a\":1}", "{\"\":1,\"\":1}"
      })
  void refusesTwoValuesUnderOneName(String text) {
    assertThat(JsonGuard.allows(text)).isFalse();
  }

  @Test
  void refusesWhatIsTooDeep() {
    assertThat(JsonGuard.allows("[".repeat(JsonGuard.DEEPEST) + "]".repeat(JsonGuard.DEEPEST))).isTrue();
    assertThat(JsonGuard.allows("[".repeat(JsonGuard.DEEPEST + 1))).isFalse();
    assertThat(JsonGuard.allows("{\"a\":".repeat(100_000))).isFalse();
  }
}
