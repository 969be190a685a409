package dev.sluice.safety;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes requests by chance, as little or as much as it likes, with a liking for what parsers stumble over. */
final class Mutator {

  private static final List<String> PIECES =
      List.of(
          "\r\n", "\n", "\r", "\r\n\r\n", " ", "\t", "\0", "\u000b", ":", ": ", ",", ";", "\"", "%", "%00", "/", "..", "/../", "#", "?", "@",
          "0\r\n\r\n", "0", "5", "-1", "+5", "0x5", "ffffffff", "7fffffff", "18446744073709551616", "00000000000000000000005",
          "Content-Length: 5\r\n", "Content-Length: 0\r\n", "content-length:6\r\n", "Transfer-Encoding: chunked\r\n",
          "transfer-encoding:\tchunked\r\n", "Transfer-Encoding: identity\r\n", "Transfer-Encoding : chunked\r\n", "TE: trailers\r\n",
          "Host: g\r\n", "Connection: close\r\n", "Connection: keep-alive, Upgrade\r\n", "Expect: 100-continue\r\n", "Upgrade: websocket\r\n",
          " HTTP/1.1", " HTTP/1.0", " HTTP/2.0", "HTTP/1.1\r\n", "GET ", "POST ", "HEAD ", "OPTIONS ", "CONNECT ", "TRACE ", "http://", "*",
          "GET /inner HTTP/1.1\r\nHost: h\r\n\r\n", "\u00ff", "\u0080", "\u00a0", "chunked", "h", "1\r\nx\r\n", "X: y\r\n", " folded\r\n");

  private final Random random;
  private final List<byte[]> corpus;

  Mutator(Random random, List<byte[]> corpus) {
    this.random = random;
    this.corpus = corpus;
  }

  byte[] next() {
    byte[] bytes = pick();
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes = mutate(bytes);
    }
    if (random.nextInt(4) == 0) {
      ByteArrayOutputStream two = new ByteArrayOutputStream();
      two.writeBytes(bytes);
      two.writeBytes(pick());
      return two.toByteArray();
    }
    return bytes;
  }

  private byte[] piece() {
    return PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.ISO_8859_1);
  }

  private byte[] pick() {
    return corpus.get(random.nextInt(corpus.size()));
  }

  private byte[] mutate(byte[] bytes) {
    int at = random.nextInt(bytes.length + 1);
    int length = Math.min(random.nextInt(12), bytes.length - at);
    return switch (random.nextInt(9)) {
      case 0 -> splice(bytes, at, at, piece());
      case 1 -> splice(bytes, at, at + length, piece());
      case 2 -> splice(bytes, at, at + length, new byte[0]);
      case 3 -> splice(bytes, at, at, slice(bytes, at, at + length));
      case 4 -> splice(bytes, at, at, part(pick()));
      case 5 -> length == 0 ? bytes : splice(bytes, at, at + 1, new byte[] {(byte) random.nextInt(256)});
      case 6 -> length == 0 ? bytes : splice(bytes, at, at + 1, new byte[] {(byte) (bytes[at] ^ 1 << random.nextInt(8))});
      case 7 -> afterLine(bytes, at);
      default -> bytes.length < 2 ? bytes : slice(bytes, 0, 1 + random.nextInt(bytes.length));
    };
  }

  private byte[] part(byte[] other) {
    int from = random.nextInt(other.length);
    return slice(other, from, Math.min(other.length, from + 1 + random.nextInt(40)));
  }

  /** Puts a piece where a line begins, which chance alone seldom does. */
  private byte[] afterLine(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return splice(bytes, i + 1, i + 1,
            piece());
      }
    }
    return bytes;
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] piece) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(bytes, 0, from);
    all.writeBytes(piece);
    all.write(bytes, to, bytes.length - to);
    return all.toByteArray();
  }
}
