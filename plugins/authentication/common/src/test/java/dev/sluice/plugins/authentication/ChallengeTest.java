package dev.sluice.plugins.authentication;

import dev.sluice.api.request.Answer;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ChallengeTest {

  @Test
  void aRealmIsQuoted() {
    assertThat(Challenge.of("Key", Optional.empty())).isEqualTo("Key");
    assertThat(Challenge.of("Key", Optional.of("a \"b\" \\"))).isEqualTo("Key realm=\"a \\\"b\\\" \\\\\"");
    assertThatThrownBy(() -> Challenge.of("Key", Optional.of("a\r\nSet-Cookie: b")))
        .hasMessage("realm holds a control character");
  }

  @Test
  void aRefusalCarriesIt() {
    Answer refusal = Challenge.refusal("no", "Key");
    assertThat(refusal.status()).isEqualTo(401);
    assertThat(refusal.headers()).containsExactly(Map.entry("WWW-Authenticate", "Key"));
    assertThat(Challenge.on(Answer.empty(400), "Key").headers()).hasSize(1);
  }

  @Test
  void secretsAreComparedWhole() {
    assertThat(Secrets.same("secret", "secret")).isTrue();
    assertThat(Secrets.same("secret", "secre")).isFalse();
    assertThat(Secrets.same("", "s")).isFalse();
  }

  @Test
  void eitherAlphabetIsBase64() {
    byte[] bytes = {-1, -2, -3, 62};
    assertThat(Base64Text.decode("__79Pg")).contains(bytes);
    assertThat(Base64Text.decode("//79Pg==")).contains(bytes);
    assertThat(Base64Text.decode("")).contains(new byte[0]);
    assertThat(Base64Text.decode("a")).isEmpty();
    assertThat(Base64Text.decode("a b")).isEmpty();
    assertThat(Base64Text.decode("ä")).isEmpty();
  }
}
