package dev.sluice.kernel.boot;

import dev.sluice.api.NodeInfo;
import dev.sluice.api.PluginId;
import dev.sluice.api.Registration;
import dev.sluice.kernel.host.PluginHost;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;

/** What a command lends to a jar where no gateway runs. Everything ends with the command's own Vert.x. */
record ToolContext(PluginId id, Vertx vertx, NodeInfo node) implements PluginHost.OwnedContext {

  @Override
  public Clock clock() {
    return Clock.systemUTC();
  }

  @Override
  public Registration every(Duration interval, Runnable task) {
    long timer = vertx.setPeriodic(Math.max(1, interval.toMillis()), each -> task.run());
    return () -> vertx.cancelTimer(timer);
  }

  @Override
  public Registration after(Duration delay, Runnable task) {
    long timer = vertx.setTimer(Math.max(1, delay.toMillis()), once -> task.run());
    return () -> vertx.cancelTimer(timer);
  }

  @Override
  public <T> Future<T> blocking(Callable<T> work) {
    return vertx.executeBlocking(work, false);
  }

  @Override
  public <T> Future<T> ordered(Callable<T> work) {
    return vertx.executeBlocking(work, true);
  }

  @Override
  public <R extends AutoCloseable> R own(R resource) {
    return resource;
  }

  @Override
  public void release() {
    // Whoever uses what this lends closes it.
  }
}
