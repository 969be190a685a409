package dev.sluice.api.schema;

import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UrlPartsTest {

  @Test
  void takesUrlsApart() {
    UrlParts parts = UrlParts.parse("https://user:pw@example.test:8443/a/b;p?x=1#f");
    assertThat(parts.scheme()).contains("https");
    assertThat(parts.host()).contains("example.test");
    assertThat(parts.port()).contains("8443");
    assertThat(parts.path()).contains("/a/b");
  }

  @Test
  void whatIsMissingIsEmpty() {
    assertThat(UrlParts.parse("http://")).isEqualTo(
        new UrlParts(Optional.of("http"), Optional.empty(), Optional.empty(), Optional.empty()));
    assertThat(UrlParts.parse("no url").path()).contains("no url");
  }

  @Test
  void aHostWithoutSlashesIsAScheme() {
    UrlParts parts = UrlParts.parse("127.0.0.1:9901");
    assertThat(parts.scheme()).contains("127.0.0.1");
    assertThat(parts.path()).contains("9901");
  }

  @Test
  void addressesLoseTheirBrackets() {
    UrlParts parts = UrlParts.parse("http://[::1]:80/");
    assertThat(parts.host()).contains("::1");
    assertThat(parts.port()).contains("80");
  }
}
