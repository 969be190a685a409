package dev.sluice.kernel.pipeline;

import dev.sluice.api.deployment.CopiedAnswer;
import io.netty.buffer.ByteBuf;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** An answer as far as it is kept for somebody who looks on. */
public final class KeptAnswer {

  private final int status;
  private final MultiMap lines;
  private final int most;
  private final long latencyNanos;
  private final Buffer body = Buffer.buffer();
  private boolean whole = true;
  private boolean complete;

  /**
   * Begins with the head.
   *
   * @param most bytes that are kept of the body
   */
  public KeptAnswer(int status, MultiMap lines, int most, long latencyNanos) {
    this.status = status;
    this.lines = lines;
    this.most = most;
    this.latencyNanos = latencyNanos;
  }

  /** Keeps a part of the body, which stays whose it is. */
  public void content(ByteBuf content, boolean last) {
    int length = content.readableBytes();
    if (body.length() + length > most) {
      whole = false;
    } else if (whole && length > 0) {
      body.appendBuffer(ByteBufs.buffer(content));
    }
    complete = last;
  }

  /** Whether it has come to its end. */
  boolean complete() {
    return complete;
  }

  /** What is kept. */
  public CopiedAnswer answer() {
    return new CopiedAnswer(status, new HeadersView(lines), body, whole && complete, latencyNanos);
  }
}
