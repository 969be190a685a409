package dev.sluice.api.schema;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class VaultReferenceTest {

  @ParameterizedTest
  @CsvSource({
    "{vault://env/my-secret}, env, my-secret,",
    "{vault://env/my-secret/user}, env, my-secret, user",
    "{vault://my-vault/a/b/c}, my-vault, a/b, c",
    "{vault://env/a%20b/}, env, a b,",
    "{vault://env/a+b#2}, env, a+b,",
  })
  void isTakenApart(String text, String vault, String resource, String key) {
    assertThat(VaultReference.parse(text))
        .contains(new VaultReference(vault, resource, Optional.ofNullable(key), Map.of()));
  }

  @Test
  void mayHaveOptions() {
    assertThat(VaultReference.parse("{vault://env/a/k?prefix=b%5f&ttl=1&x}").orElseThrow())
        .isEqualTo(new VaultReference("env", "a", Optional.of("k"), Map.of("prefix", "b_", "ttl", "1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{vault://env}", "{vault://env/}", "{vault:///a}", "{vault://}", "{vault://env/%zz}", "x"})
  void mayLeadNowhere(String text) {
    assertThat(VaultReference.parse(text)).isEmpty();
  }

  @Test
  void isToldByItsForm() {
    assertThat(VaultReference.is("{vault://env/a}")).isTrue();
    assertThat(VaultReference.is("{vault://")).isFalse();
    assertThat(VaultReference.is("vault://env/a")).isFalse();
    assertThat(VaultReference.is(5)).isFalse();
  }
}
