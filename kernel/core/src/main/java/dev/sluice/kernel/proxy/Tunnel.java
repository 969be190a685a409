package dev.sluice.kernel.proxy;

import dev.sluice.kernel.pipeline.ByteBufs;
import dev.sluice.kernel.pipeline.Exchange;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/**
 * Passes bytes between a client and an upstream that have agreed to speak another protocol, never faster than the other
 * side takes them. On the event loop of the request.
 */
final class Tunnel {

  private final Exchange exchange;
  private final UpstreamConnection upstream;
  private final Ends ends;
  private NetSocket client;
  private boolean closed;

  /** Is told what becomes of a tunnel. */
  interface Ends {
    /** Bytes have passed. */
    void passed();

    /** One of the sides is gone, and so is the other. */
    void closed();
  }

  Tunnel(Exchange exchange, UpstreamConnection upstream, Ends ends) {
    this.exchange = exchange;
    this.upstream = upstream;
    this.ends = ends;
  }

  /** Begins to pass bytes. */
  void open(NetSocket socket) {
    client = socket;
    socket.handler(this::fromClient);
    socket.drainHandler(drained -> upstream.resumeReading());
    socket.exceptionHandler(cause -> close());
    socket.closeHandler(gone -> close());
    if (closed) {
      socket.close();
    } else {
      upstream.resumeReading();
    }
  }

  private void fromClient(Buffer bytes) {
    ends.passed();
    upstream.raw(ByteBufs.bytes(bytes));
    if (!upstream.writable()) {
      client.pause();
    }
  }

  /** Bytes of the upstream, which belong to the callee. */
  void fromUpstream(ByteBuf bytes) {
    if (closed || client == null) {
      bytes.release();
      return;
    }
    ends.passed();
    exchange.answerState().sent(bytes.readableBytes());
    client.write(ByteBufs.buffer(bytes), written -> bytes.release());
    if (client.writeQueueFull()) {
      upstream.pauseReading();
    }
  }

  /** The upstream takes more, or no more for now. */
  void upstreamWritable(boolean writable) {
    if (client != null && writable && !closed) {
      client.resume();
    }
  }

  /** Closes both sides, once what was on its way has gone out. */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    upstream.closeAfterWrites();
    if (client != null) {
      client.end();
    }
    ends.closed();
  }
}
