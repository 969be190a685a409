package dev.sluice.kernel.pipeline;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;

/**
 * Passes between Vert.x's buffers and Netty's without a copy. Vert.x calls this deprecated, since from its next major
 * version on it is done otherwise: then this class changes and nothing else.
 */
@SuppressWarnings("deprecation")
public final class ByteBufs {

  private ByteBufs() {}

  /** A buffer over the same bytes. */
  public static Buffer buffer(ByteBuf bytes) {
    return Buffer.buffer(bytes);
  }

  /** The bytes of a buffer. */
  public static ByteBuf bytes(Buffer buffer) {
    return buffer.getByteBuf();
  }
}
