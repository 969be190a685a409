package dev.sluice.kernel.boot;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Which event loop does what: the first is there for those who administer, and for the timers of plugins; each of the others
 * serves requests. Vert.x itself takes the next one in turn for whatever is deployed. Every thread that asks it for something
 * moves that turn on, so requests would now and then get the loop that steps back behind them.
 */
final class EventLoops {

  private final VertxInternal vertx;
  private final List<EventLoop> all = new ArrayList<>();
  private final Context side;

  /** Takes all loops of a Vert.x. */
  @SuppressWarnings("deprecation") // Vert.x has no other way to reach each of its loops.
  EventLoops(Vertx vertx) {
    this.vertx = (VertxInternal) vertx;
    for (EventExecutor each : vertx.nettyEventLoopGroup()) {
      all.add((EventLoop) each);
    }
    this.side = context(all.get(0));
  }

  private Context context(EventLoop loop) {
    return vertx.createEventLoopContext(loop, null, Thread.currentThread().getContextClassLoader());
  }

  /** The loop beside those of the requests. */
  Context side() {
    return side;
  }

  /** Starts a verticle on the loop beside those of the requests. */
  Future<Void> startAside(AbstractVerticle verticle) {
    return start(verticle, side);
  }

  /** Starts one on each loop of requests. */
  Future<Void> startEverywhere(Supplier<? extends AbstractVerticle> verticles) {
    List<Future<Void>> started = new ArrayList<>();
    for (EventLoop loop : all.subList(1, all.size())) {
      started.add(start(verticles.get(), context(loop)));
    }
    return Future.all(started).mapEmpty();
  }

  private Future<Void> start(AbstractVerticle verticle, Context context) {
    Promise<Void> started = Promise.promise();
    context.runOnContext(
        here -> {
          try {
            verticle.init(vertx, context);
            verticle.start(started);
          } catch (Exception e) {
            started.tryFail(e);
          }
        });
    return started.future();
  }
}
