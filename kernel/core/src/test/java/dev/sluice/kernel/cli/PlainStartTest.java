package dev.sluice.kernel.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PlainStartTest {

  private static NodeOptions options(String... arguments) {
    return PlainStart.of(arguments).orElseThrow().node();
  }

  @Test
  void understandsWhere() {
    assertThat(options("start").conf()).isEmpty();
    assertThat(options("start", "-c", "a.conf").conf()).contains(Path.of("a.conf"));
    NodeOptions both = options("start", "--prefix", "/x", "--conf", "b");
    assertThat(both.conf()).contains(Path.of("b"));
    assertThat(both.prefix()).contains(Path.of("/x"));
    assertThat(both.verbose()).isFalse();
    assertThat(options("start", "-p", "x").prefix()).isEqualTo(Optional.of(Path.of("x")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "stop", "start --demo", "start --help", "start -c", "start -c -p", "start --conf=x", "start -c a -c b",
        "start -c a --conf b", "start @file x", "start -c @file", "start x y", "start -c 'a", "start --vv -c"
      })
  void leavesAllElseToTheParser(String line) {
    assertThat(PlainStart.of(line.isEmpty() ? new String[0] : line.split(" "))).isEmpty();
  }
}
