package dev.sluice.plugins.grpcweb;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Base64 that was put together of pieces, each of which may end with padding of its own. */
final class Base64Pieces {

  private Base64Pieces() {}

  /**
   * What a text stands for.
   *
   * @throws IllegalArgumentException when it is no Base64
   */
  static Buffer decode(Buffer text) {
    Buffer decoded = Buffer.buffer(text.length() / 4 * 3 + 3);
    byte[] bytes = text.toString(StandardCharsets.ISO_8859_1).strip().getBytes(StandardCharsets.ISO_8859_1);
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      boolean pieceEnds = bytes[i] == '=' && (i + 1 == bytes.length || bytes[i + 1] != '=');
      if (pieceEnds || i + 1 == bytes.length) {
        byte[] piece = new byte[i + 1 - from];
        System.arraycopy(bytes, from, piece, 0, piece.length);
        decoded.appendBytes(Base64.getDecoder().decode(piece));
        from = i + 1;
      }
    }
    return decoded;
  }

  static Buffer encode(Buffer bytes) {
    return Buffer.buffer(Base64.getEncoder().encode(bytes.getBytes()));
  }
}
