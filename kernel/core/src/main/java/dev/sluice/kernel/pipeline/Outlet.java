package dev.sluice.kernel.pipeline;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;

/**
 * The socket of a client, below Vert.x: how long the client has taken nothing of what waits for it, and the way to cut it off.
 * On its event loop.
 */
public final class Outlet {

  private final Channel channel;
  private final AnswerWriter writer;
  private long mark;
  private long since;

  /** Looks at a socket. */
  public Outlet(Channel channel, Flushes flushes) {
    this.channel = channel;
    this.writer = new AnswerWriter(flushes);
  }

  /** Writes heads of answers, where it stands among the channel's handlers. */
  public AnswerWriter writer() {
    return writer;
  }

  /**
   * For how long not a byte has left although some wait; to be asked now and then.
   *
   * @param now in milliseconds, of a clock that never jumps
   */
  long stuckMillis(long now) {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    if (waiting == null || waiting.isEmpty()) {
      mark = 0;
      return 0;
    }
    long next = mark(waiting);
    if (next != mark) {
      mark = next;
      since = now;
    }
    return now - since;
  }

  /** Changes with each byte that leaves: those of the first part that waits, its identity, and all that wait behind it. */
  private static long mark(ChannelOutboundBuffer waiting) {
    long mark = 31 * waiting.currentProgress() + waiting.totalPendingWriteBytes();
    return 31 * mark + System.identityHashCode(waiting.current()) | 1;
  }

  /** Ends a stream of HTTP/2 whose answer is complete as far as Vert.x knows, which would do nothing therefore. */
  void reset(int stream) {
    ChannelHandlerContext context = channel.pipeline().context(Http2ConnectionHandler.class);
    if (context != null) {
      Http2ConnectionHandler handler = (Http2ConnectionHandler) context.handler();
      handler.resetStream(context, stream, Http2Error.CANCEL.code(), context.newPromise());
      context.flush();
    }
  }

  /** Closes the socket at once: what waits is thrown away. */
  void cutOff() {
    channel.unsafe().close(channel.unsafe().voidPromise());
  }
}
