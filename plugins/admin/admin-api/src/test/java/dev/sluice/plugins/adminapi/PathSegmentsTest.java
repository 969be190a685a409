package dev.sluice.plugins.adminapi;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PathSegmentsTest {

  @Test
  void splitsAndDecodesOnce() {
    assertThat(PathSegments.of("/").orElseThrow()).isEmpty();
    assertThat(PathSegments.of("/services").orElseThrow()).containsExactly("services");
    assertThat(PathSegments.of("/services/").orElseThrow()).containsExactly("services");
    assertThat(PathSegments.of("/services//").orElseThrow()).containsExactly("services", "");
    assertThat(PathSegments.of("//services").orElseThrow()).containsExactly("", "services");
    assertThat(PathSegments.of("/a%2Fb/c+d%20%2525").orElseThrow()).containsExactly("a/b", "c+d %25");
    assertThat(PathSegments.of("/%C3%BC/ü/%FF").orElseThrow()).containsExactly("ü", "ü", "\uFFFD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%", "/a/%4", "/%zz", "/%E0%A4%A", "/%00"})
  void refusesBrokenEncodings(String path) {
    assertThat(PathSegments.of(path)).isEmpty();
  }

  @Test
  void encodesAllThatIsReserved() {
    assertThat(PercentText.encode("aZ9-._~ +/=&*'ü")).isEqualTo("aZ9-._~%20%2B%2F%3D%26%2A%27%C3%BC");
  }
}
