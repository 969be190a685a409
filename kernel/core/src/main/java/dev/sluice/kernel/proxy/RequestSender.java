package dev.sluice.kernel.proxy;

import dev.sluice.kernel.pipeline.ByteBufs;
import dev.sluice.kernel.pipeline.Exchange;
import dev.sluice.kernel.pipeline.Observed;
import dev.sluice.kernel.pipeline.RequestBody;
import dev.sluice.kernel.upstream.KernelTarget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * Sends a request, as often as it takes. A body that is in memory as a whole may be sent again; one that streams may
 * not, once its first byte has left.
 */
final class RequestSender {

  private final Exchange exchange;
  private final RequestBody body;
  private final Buffer replaced;
  private final Observed observed;
  private boolean streaming;
  private boolean tooLarge;

  /**
   * Sends that request.
   *
   * @param observed is shown the body when it comes in parts; may be null
   */
  RequestSender(Exchange exchange, Observed observed) {
    this.exchange = exchange;
    this.observed = observed;
    this.replaced = exchange.outbound().replacedBody();
    this.body = replaced == null ? exchange.body() : null;
  }

  /** Collects so much of the body as may wait for it in memory; a call of gRPC may go on for as long as it likes. */
  Future<Void> prepare() {
    if (body == null) {
      return Future.succeededFuture();
    }
    int limit = exchange.loop().settings().bodyBuffer();
    boolean buffers = exchange.plan().route().requestBuffering() && !RequestHead.http2(exchange);
    boolean collects = buffers && body.announced() <= limit;
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

  /** Is told how the sending goes on. */
  interface Progress {
    /** Whether a connection is still the one for the request: netty may tell of a write's failure before the write returns. */
    boolean uses(UpstreamLink link);

    /** All of it has been sent. */
    void sent();

    /** A part of it has been sent. */
    void moved();

    /** The body is longer than is allowed. */
    void tooLarge();

    /** The client has broken off. */
    void clientGone();

    /** The client sends nothing any more. */
    void clientSlow();
  }

  /** Whether nothing more is to come from the client. */
  boolean complete() {
    return body == null || body.ended();
  }

  /** Sends the request, or begins to. */
  void send(UpstreamLink link, KernelTarget target, Progress progress) {
    if (complete()) {
      Buffer whole = body == null ? replaced : body.collected();
      ByteBuf bytes = whole == null ? null : Unpooled.unreleasableBuffer(ByteBufs.bytes(whole));
      link.send(exchange, target, bytes, announces(exchange.outbound().method()));
      sent(link, progress);
      return;
    }
    link.sendHead(exchange, target, body.announced());
    if (!progress.uses(link)) {
      return;
    }
    streaming = true;
    body.stream(
        chunk -> {
          if (tooLarge()) {
            tooLarge = true;
            progress.tooLarge();
            return;
          }
          progress.moved();
          link.sendPart(ByteBufs.bytes(chunk));
          if (observed != null) {
            observed.part(chunk);
          }
          if (!link.writable()) {
            body.pause();
          }
        },
        () -> {
          link.sendEnd();
          sent(link, progress);
        },
        cause -> {
          if (cause instanceof RequestBody.SlowClientException) {
            progress.clientSlow();
          } else {
            progress.clientGone();
          }
        });
  }

  /** Who looks on is told of what has left, not of what is about to. */
  private void sent(UpstreamLink link, Progress progress) {
    if (observed != null) {
      link.hurry();
    }
    if (progress.uses(link)) {
      progress.sent();
    }
  }

  /** What was sent of a body that is in memory; null when there is none, or when it came in parts. */
  Buffer whole() {
    return replaced != null || body == null || streaming ? replaced : body.collected();
  }

  /** A method that usually carries a body says so even when it is empty. */
  static boolean announces(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
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
