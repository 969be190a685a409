package dev.sluice.plugins.mirror;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ShownTest {

  @ParameterizedTest
  @ValueSource(strings = {
    "password", "access_key", "accessKey", "signing_key", "key", "API-KEY", "jwt", "otp", "user_pin", "pinCode", "signature",
    "X-Auth", "Authorization", "Set-Cookie", "sessionId", "refresh_token"
  })
  void mayBeASecret(String name) {
    assertThat(Shown.secret(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"price", "author", "keyword", "monkey", "shipping", "opinion", "Content-Type", "signal"})
  void isNone(String name) {
    assertThat(Shown.secret(name)).isFalse();
  }

  @Test
  void codesInUrlsAreMasked() {
    assertThat(Shown.text("https://a.test/back?page=2&code=abc&state=xyz#access_token=t", false))
        .isEqualTo("https://a.test/back?page=2&code=(masked)&state=(masked)#access_token=(masked)");
  }
}
