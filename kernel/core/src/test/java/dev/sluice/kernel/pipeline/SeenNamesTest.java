package dev.sluice.kernel.pipeline;

import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SeenNamesTest {

  private final SeenNames names = new SeenNames();

  private AsciiString of(String name) {
    byte[] bytes = ("??" + name + "!!").getBytes(StandardCharsets.US_ASCII);
    return names.of(bytes, 2, name.length());
  }

  @Test
  @SuppressWarnings("ReferenceEquality") // It is the same object that is wanted.
  void givesWhatItHasSeenAgain() {
    AsciiString first = of("Content-Type");
    assertThat(of("Content-Type") == first).isTrue();
    assertThat(first.toString()).isEqualTo("Content-Type");
  }

  @Test
  void keepsSpellingsApart() {
    assertThat(of("ETag").toString()).isEqualTo("ETag");
    assertThat(of("Etag").toString()).isEqualTo("Etag");
    assertThat(of("ETag").toString()).isEqualTo("ETag");
  }

  @Test
  void isRightWhateverComes() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 100_000; i++) {
      int length = random.nextInt(60);
      StringBuilder name = new StringBuilder();
      for (int at = 0; at < length; at++) {
        name.append((char) ('a' + random.nextInt(2)));
      }
      assertThat(of(name.toString()).toString()).isEqualTo(name.toString());
    }
  }
}
