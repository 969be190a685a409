package dev.sluice.kernel.boot;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The scheduler of this very machine, if it is one that heeds such wishes. */
@EnabledOnOs(OS.LINUX)
class ShortTurnsTest {

  private static final int MAJOR = 6;
  private static final int MINOR = 12;

  @TempDir
  private Path folder;

  private static boolean heeds() {
    int[] version =
        Arrays.stream(System.getProperty("os.version").split("[^0-9]+", 3)).limit(2).mapToInt(Integer::parseInt).toArray();
    return version[0] > MAJOR || version[0] == MAJOR && version[1] >= MINOR;
  }

  @Test
  void aThreadThatAsksHasShortTurnsAndNoOther() {
    assumeThat(heeds()).isTrue();
    ShortTurns turns = ShortTurns.load(folder).orElseThrow();
    long usual = turns.taken();
    long asked = CompletableFuture.supplyAsync(() -> {
      turns.take();
      return turns.taken();
    }, work -> new Thread(work).start()).join();
    assertThat(usual).isGreaterThan(ShortTurns.NANOS);
    assertThat(asked).isEqualTo(ShortTurns.NANOS);
    assertThat(turns.taken()).isEqualTo(usual);
    assertThat(folder).isEmptyDirectory();
  }
}
