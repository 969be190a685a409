package dev.sluice.kernel.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AnswerHeadTest {

  private final AnswerHead head = new AnswerHead();
  private final MultiMap framing = HeaderLines.unchecked();

  /** What is written, having said how long it will be. */
  private String written() {
    ByteBuf bytes = Unpooled.buffer(head.size(framing), head.size(framing));
    head.write(bytes, framing);
    assertThat(bytes.writableBytes()).isZero();
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void keepsTheOrderAndLinesOfOneName() {
    head.add("Set-Cookie", "a=1");
    head.add(AsciiString.cached("Server"), AsciiString.cached("s"));
    head.add("set-cookie", "b=2");
    assertThat(written()).isEqualTo("Set-Cookie: a=1\r\nServer: s\r\nset-cookie: b=2\r\n");
  }

  @Test
  void setsInThePlaceOfAllOfItsNameInAnyCase() {
    head.add("x-a", "1");
    head.add("X-B", "2");
    head.add("X-A", "3");
    head.set(AsciiString.cached("X-a"), "4");
    assertThat(written()).isEqualTo("X-B: 2\r\nX-a: 4\r\n");
    assertThat(head.get("X-A")).isEqualTo("4");
    head.remove("x-A");
    assertThat(head.get("X-A")).isNull();
    assertThat(written()).isEqualTo("X-B: 2\r\n");
  }

  @Test
  void tellsNamesApartThatHaveOneMark() {
    head.add("RateLimit-Limit", "9");
    head.set("RateLimit-Reset", "7");
    head.set("rAteLimit-resEt", "8");
    assertThat(written()).isEqualTo("RateLimit-Limit: 9\r\nrAteLimit-resEt: 8\r\n");
  }

  @Test
  void growsWithItsLines() {
    for (int i = 0; i < 100; i++) {
      head.add("X-" + i, String.valueOf(i));
    }
    for (int i = 0; i < 100; i += 2) {
      head.remove("x-" + i);
    }
    assertThat(written().lines()).hasSize(50).startsWith("X-1: 1").endsWith("X-99: 99");
  }

  @Test
  void leavesToTheTableWhatFramesTheMessage() {
    head.add("content-length", "5");
    head.add("Connection", "keep-alive");
    head.add("X-Length--14ch", "no");
    assertThat(written()).isEqualTo("content-length: 5\r\nConnection: keep-alive\r\nX-Length--14ch: no\r\n");
    framing.set("Content-Length", "2");
    assertThat(written()).isEqualTo("Connection: keep-alive\r\nX-Length--14ch: no\r\n");
    framing.set("connection", "close");
    assertThat(written()).isEqualTo("X-Length--14ch: no\r\n");
    head.into(framing);
    assertThat(framing.getAll("Content-Length")).containsExactly("2");
    assertThat(framing.getAll("Connection")).containsExactly("close");
    assertThat(framing.getAll("X-Length--14ch")).containsExactly("no");
  }

  /** The low byte of U+010A is the end of a line. */
  @Test
  void makesNoEndOfALineOutOfALetter() {
    head.add("X-Name", "a\u010Ab\u00E9");
    head.add("X-Bytes", new AsciiString(new byte[] {'c', (byte) 0xE9}, false));
    assertThat(written()).startsWith("X-Name: a?b").endsWith("\r\nX-Bytes: c\u00E9\r\n").hasLineCount(2);
  }
}
