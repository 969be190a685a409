package dev.sluice.plugins.mirror;

import dev.sluice.api.PluginContext;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Where answers are compared: one thread of the plugin's own, so that neither event loops nor the pool that other plugins
 * wait for have anything to do with it. Whatever is learnt and remembered is touched by this thread alone.
 */
final class Desk {

  private volatile Optional<PluginContext> context = Optional.empty();

  void open(PluginContext started) {
    context = Optional.of(started);
  }

  /** Does some work; the result arrives where this was called. */
  <T> Future<T> work(Callable<T> work) {
    return context
        .map(open -> open.ordered(work))
        .orElseGet(() -> Future.failedFuture(new IllegalStateException("the plugin has not been started")));
  }

  /** The present time, in milliseconds. */
  long now() {
    return context.map(open -> open.clock().millis()).orElse(0L);
  }
}
