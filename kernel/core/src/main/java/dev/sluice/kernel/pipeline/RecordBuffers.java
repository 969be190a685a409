package dev.sluice.kernel.pipeline;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;

/**
 * Buffers of a connection over TLS. The JDK encrypts into room for the largest record, 16 KB on the heap, however short an
 * answer is; Vert.x has that made anew each time. Here it comes from Netty's pool, to which it goes back when the record has
 * been copied for the system: a few of them serve all connections of an event loop, again and again.
 *
 * <p>All else is as before. Above all what is decrypted: that may be kept by whoever reads it, and nobody may release it.
 */
public final class RecordBuffers extends AbstractByteBufAllocator {

  /** Bytes. Less is soon made, and not worth a pool. */
  private static final int LARGE = 4096;

  private final ByteBufAllocator others;

  private RecordBuffers(ByteBufAllocator others) {
    super(false);
    this.others = others;
  }

  /** Has a connection use them; on its event loop. */
  public static void use(Channel channel) {
    ByteBufAllocator before = channel.alloc();
    if (!(before instanceof RecordBuffers)) {
      channel.config().setAllocator(new RecordBuffers(before));
    }
  }

  @Override
  public ByteBuf buffer() {
    return others.buffer();
  }

  @Override
  public ByteBuf buffer(int capacity) {
    return others.buffer(capacity);
  }

  @Override
  public ByteBuf buffer(int capacity, int most) {
    return others.buffer(capacity, most);
  }

  @Override
  protected ByteBuf newHeapBuffer(int capacity, int most) {
    return capacity < LARGE ? others.heapBuffer(capacity, most) : PooledByteBufAllocator.DEFAULT.heapBuffer(capacity, most);
  }

  @Override
  protected ByteBuf newDirectBuffer(int capacity, int most) {
    return others.directBuffer(capacity, most);
  }

  @Override
  public boolean isDirectBufferPooled() {
    return others.isDirectBufferPooled();
  }
}
