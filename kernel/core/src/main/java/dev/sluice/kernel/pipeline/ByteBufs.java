package dev.sluice.kernel.pipeline;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;

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

  /**
   * A buffer that is good for one thing: to be written by Vert.x over HTTP/1. With it goes the duty to release the bytes,
   * which Netty does once they are written or never will be, so that nobody has to be told of it.
   */
  static Buffer handedOver(ByteBuf bytes) {
    return new HandedOver(bytes);
  }

  /** Vert.x's own buffers hide the count of their bytes, for users who do not count. */
  private static final class HandedOver extends BufferImpl {
    private final ByteBuf bytes;

    HandedOver(ByteBuf bytes) {
      this.bytes = bytes;
    }

    @Override
    public ByteBuf getByteBuf() {
      return bytes;
    }

    @Override
    public int length() {
      return bytes.readableBytes();
    }
  }
}
