package dev.sluice.api.security;

import java.security.InvalidKeyException;
import java.security.PrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PemKeysTest {

  @ParameterizedTest
  @CsvSource({
    "rsa.key, rsa.pub, true",
    "rsa-pkcs1.key, rsa.pub, true",
    "rsa.key, rsa-pkcs1.pub, true",
    "ec.key, ec.pub, true",
    "ec-sec1.key, ec.pub, true",
    "other.key, ec.pub, false",
    "ed25519.key, ed25519.pub, true",
    "x25519.key, x25519.pub, true",
    "rsa.key, ec.pub, false",
    "ec.key, rsa.pub, false",
    "ed25519.key, x25519.pub, false",
    "x25519.key, ed25519.pub, false",
  })
  void keysOfAllFormsAreReadAndCompared(String secret, String open, boolean match) throws InvalidKeyException {
    PrivateKey privateKey = PemKeys.privateKey(TestPems.text(secret));
    assertThat(KeyPairs.match(PemKeys.publicKey(TestPems.text(open)), privateKey)).isEqualTo(match);
  }

  @Test
  void theFormsOfOneKeyAreOneKey() throws InvalidKeyException {
    assertThat(PemKeys.privateKey(TestPems.text("rsa-pkcs1.key")))
        .isEqualTo(PemKeys.privateKey(TestPems.text("rsa.key")));
    assertThat(PemKeys.publicKey(TestPems.text("rsa-pkcs1.pub")))
        .isEqualTo(PemKeys.publicKey(TestPems.text("rsa.pub")));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "",
    "nope",
    "-----BEGIN PRIVATE KEY-----\nnope\n-----END PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
    "-----BEGIN RSA PRIVATE KEY-----\nMAA=\n-----END RSA PRIVATE KEY-----",
    "-----BEGIN EC PRIVATE KEY-----\nMAA=\n-----END EC PRIVATE KEY-----",
    "-----BEGIN EC PRIVATE KEY-----\nMIQ=\n-----END EC PRIVATE KEY-----",
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----",
  })
  void whatIsNoPrivateKeyIsRefused(String text) {
    assertThatThrownBy(() -> PemKeys.privateKey(text)).isInstanceOf(InvalidKeyException.class);
  }

  @Test
  void aPrivateKeyIsNoPublicOne() {
    assertThatThrownBy(() -> PemKeys.publicKey(TestPems.text("rsa.key"))).isInstanceOf(InvalidKeyException.class);
    assertThatThrownBy(() -> PemKeys.privateKey(TestPems.text("rsa.pub"))).isInstanceOf(InvalidKeyException.class);
  }
}
