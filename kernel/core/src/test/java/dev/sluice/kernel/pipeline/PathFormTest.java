package dev.sluice.kernel.pipeline;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PathFormTest {

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/a, /a",
    "/a/, /a/",
    "/a//b//, /a/b/",
    "//, /",
    "/a/b/c/./../../g, /a/g",
    "/a/.., /",
    "/a/., /a/",
    "/%6B%6f%6e%67, /kong",
    "/endel%C3%B8st, /endeløst",
    "/a%2fb, /a%2Fb",
    "/%2E, /",
    "/a/%2e%2e/b, /b",
    "/a%3bx, /a%3Bx",
    "/a.b/..c/d.., /a.b/..c/d..",
  })
  void bringsPathsIntoOneForm(String raw, String normal) {
    assertThat(PathForm.normalise(raw)).contains(normal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/..", "/a/../..", "/%2e%2e/a", "/%00", "/a%", "/a%4", "/a%zz", "/%u002e"})
  void refusesWhatLeadsOutOrIsBroken(String raw) {
    assertThat(PathForm.normalise(raw)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/a b, /a%20b",
    "/endeløst, /endel%C3%B8st",
    "/a%2Fb, /a%2Fb",
    "/a\"<>|^{}\\`, /a%22%3C%3E%7C%5E%7B%7D%5C%60",
    "/!$&'()*+:;=@[]-_.~, /!$&'()*+:;=@[]-_.~",
  })
  void escapesForARequestLine(String path, String escaped) {
    assertThat(PathForm.escape(path.replace("''", "'"))).isEqualTo(escaped.replace("''", "'"));
  }

  @Test
  void keepsBytesThatAreNoText() {
    Optional<String> normal = PathForm.normalise("/a%FF%C3%A9/%80");
    assertThat(normal).isPresent();
    assertThat(PathForm.escape(normal.orElseThrow())).isEqualTo("/a%FF%C3%A9/%80");
  }

  @Test
  void isTheSameAfterASecondTime() {
    for (String raw : new String[] {"/a%2fb//c/../d%20e", "/%E2%82%AC/x", "/;a/%3b/.b"}) {
      String once = PathForm.normalise(raw).orElseThrow();
      assertThat(PathForm.normalise(PathForm.escape(once))).contains(once);
    }
  }
}
