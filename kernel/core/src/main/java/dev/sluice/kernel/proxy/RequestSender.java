package dev.sluice.kernel.proxy;

import dev.sluice.kernel.pipeline.ByteBufs;
import dev.sluice.kernel.pipeline.Exchange;
import dev.sluice.kernel.pipeline.RequestBody;
import dev.sluice.kernel.proxy.HeadWriter.Framing;
import dev.sluice.kernel.upstream.KernelTarget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.CharsetUtil;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * Sends a request, as often as it takes. A body that is in memory as a whole may be sent again; one that streams may
 * not, once its first byte has left.
 */
final class RequestSender {

  private static final int ONE_WRITE = 16 * 1024;
  private static final ByteBuf LAST_CHUNK =
      Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes("0\r\n\r\n".getBytes(CharsetUtil.US_ASCII)));

  private final Exchange exchange;
  private final RequestBody body;
  private final Buffer replaced;
  private boolean streaming;
  private boolean tooLarge;

  RequestSender(Exchange exchange) {
    this.exchange = exchange;
    this.replaced = exchange.outbound().replacedBody();
    this.body = replaced == null ? exchange.body() : null;
  }

  /** Collects so much of the body as may wait for it in memory. */
  Future<Void> prepare() {
    if (body == null) {
      return Future.succeededFuture();
    }
    int limit = exchange.loop().settings().bodyBuffer();
    boolean collects = exchange.plan().route().requestBuffering() && body.announced() <= limit;
    return collects ? body.collect(limit) : Future.succeededFuture();
  }

  /** Whether the body is known to be longer than is allowed. */
  boolean tooLarge() {
    long max = exchange.loop().settings().maxBody();
    return tooLarge || max > 0 && body != null && (body.announced() > max || body.length() > max);
  }

  /** Whether the request could be sent once more. */
  boolean replayable() {
    return !streaming;
  }

  /** Sends the request, or begins to. */
  void send(
      UpstreamConnection connection,
      KernelTarget target,
      Runnable onSent,
      Runnable onTooLarge,
      Runnable onBroken) {
    ByteBuf head = connection.channel().alloc().directBuffer(512);
    if (body == null || body.ended()) {
      Buffer whole = body == null ? replaced : body.collected();
      boolean silent = whole == null && !announces(exchange.outbound().method());
      HeadWriter.write(head, exchange, target, silent ? Framing.NONE : Framing.LENGTH, whole == null ? 0 : whole.length());
      if (whole == null || whole.length() == 0) {
        connection.write(head);
      } else if (whole.length() <= ONE_WRITE) {
        connection.write(head.writeBytes(ByteBufs.bytes(whole)));
      } else {
        connection.write(head);
        connection.write(Unpooled.wrappedBuffer(ByteBufs.bytes(whole)));
      }
      onSent.run();
      return;
    }
    boolean chunked = body.announced() < 0;
    HeadWriter.write(head, exchange, target, chunked ? Framing.CHUNKED : Framing.LENGTH, body.announced());
    connection.write(head);
    streaming = true;
    body.stream(
        chunk -> {
          if (tooLarge()) {
            tooLarge = true;
            onTooLarge.run();
            return;
          }
          connection.write(chunked ? chunk(connection, chunk) : ByteBufs.bytes(chunk));
          if (!connection.writable()) {
            body.pause();
          }
        },
        () -> {
          if (chunked) {
            connection.write(LAST_CHUNK.duplicate());
          }
          onSent.run();
        },
        cause -> onBroken.run());
  }

  /** A method that usually carries a body says so even when it is empty. */
  private static boolean announces(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }

  private static ByteBuf chunk(UpstreamConnection connection, Buffer content) {
    ByteBuf chunk = connection.channel().alloc().directBuffer(content.length() + 16);
    chunk.writeCharSequence(Integer.toHexString(content.length()), CharsetUtil.US_ASCII);
    chunk.writeByte('\r').writeByte('\n');
    chunk.writeBytes(ByteBufs.bytes(content));
    return chunk.writeByte('\r').writeByte('\n');
  }

  /** The connection takes more, or no more for now. */
  void writable(boolean writable) {
    if (streaming && body != null && !body.ended()) {
      if (writable) {
        body.resume();
      } else {
        body.pause();
      }
    }
  }
}
