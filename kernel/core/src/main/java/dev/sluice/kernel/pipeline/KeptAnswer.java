package dev.sluice.kernel.pipeline;

import dev.sluice.api.deployment.CopiedAnswer;
import io.netty.buffer.ByteBuf;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;

/** An answer as far as it is kept for somebody who looks on. */
public final class KeptAnswer {

  private final int status;
  private final MultiMap lines;
  private final int most;
  private final long latencyNanos;
  private Buffer body = Buffer.buffer();
  private boolean whole;
  private boolean complete;

  /**
   * Begins with the head.
   *
   * @param method of the request
   * @param most bytes that are kept of the body
   */
  public KeptAnswer(String method, int status, MultiMap lines, int most, long latencyNanos) {
    this.status = status;
    this.lines = lines;
    this.most = most;
    this.latencyNanos = latencyNanos;
    this.whole = method.equals("HEAD") || status == 204 || status == 304 || !endless(lines) && announced(lines) <= most;
  }

  private static boolean endless(MultiMap lines) {
    String type = lines.get("Content-Type");
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
  }

  private static long announced(MultiMap lines) {
    String length = lines.get("Content-Length");
    try {
      return length == null ? 0 : Long.parseLong(length.trim());
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Keeps a part of the body, which stays whose it is. */
  public void content(ByteBuf content, boolean last) {
    int length = content.readableBytes();
    if (body.length() + length > most) {
      whole = false;
      body = Buffer.buffer();
    } else if (whole && length > 0) {
      body.appendBuffer(ByteBufs.buffer(content));
    }
    complete = last;
  }

  /** Whether it is more than is kept, or has no end that could be waited for: nothing of its body is kept then. */
  public boolean outgrown() {
    return !whole;
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
