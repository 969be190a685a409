package dev.sluice.kernel.pipeline;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SingleThreadEventLoop;

/**
 * Sends what was written during a turn of an event loop at its end, one connection after the other. Whoever is sent something
 * must be woken when it sleeps, and that is dear: of many who are sent something together fewer sleep. With one connection
 * busy the turn ends at once and nothing waits. One for each event loop, used on it alone.
 */
public final class Flushes implements Runnable {

  /** Of more than these the first ones need not wait. */
  private static final int MOST = 64;

  private final Sender[] waiting = new Sender[MOST];
  private int first;
  private int last;
  private boolean planned;

  /** The sending of what is written to a connection from one of its handlers on. */
  public Sender of(ChannelHandlerContext context) {
    return new Sender(context);
  }

  /** Has what was written to a connection sent. */
  public final class Sender {
    private final ChannelHandlerContext context;
    private boolean waits;

    private Sender(ChannelHandlerContext context) {
      this.context = context;
    }

    /** At the end of this turn; at once when the client takes less than it is given, so that what waits stays little. */
    public void soon() {
      if (!context.channel().isWritable()) {
        waits = false;
        context.flush();
      } else if (!waits) {
        waits = true;
        add(this);
      }
    }

    /** Now, before somebody closes the connection. */
    public void now() {
      if (waits) {
        waits = false;
        context.flush();
      }
    }
  }

  private void add(Sender sender) {
    if (last == waiting.length) {
      send();
    }
    waiting[last++] = sender;
    if (!planned) {
      SingleThreadEventLoop loop = (SingleThreadEventLoop) sender.context.channel().eventLoop();
      loop.executeAfterEventLoopIteration(this);
      planned = true;
    }
  }

  @Override
  public void run() {
    planned = false;
    send();
  }

  /** A sending that fails can lead to more of them, which come here again from within. */
  private void send() {
    while (first < last) {
      Sender sender = waiting[first];
      waiting[first++] = null;
      sender.now();
    }
    first = 0;
    last = 0;
  }
}
