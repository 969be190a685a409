package dev.sluice.kernel.pipeline;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Has what the handlers above it write sent at the end of a turn of the event loop. With HTTP/2 many answers to one client end
 * in a turn: they leave in one piece then, and with TLS are encrypted as one. One for each connection, on its event loop.
 */
public class SendTogether extends ChannelOutboundHandlerAdapter {

  private final Flushes all;
  private Flushes.Sender flushes;

  /** Sends with those that are sent something in the same turn. */
  public SendTogether(Flushes all) {
    this.all = all;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    flushes = all.of(context);
  }

  @Override
  public void flush(ChannelHandlerContext context) {
    flushes.soon();
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    flushes.now();
    context.close(promise);
  }
}
