package dev.sluice.kernel.boot;

import dev.sluice.api.PluginId;
import dev.sluice.kernel.config.Background;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.impl.VertxInternal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What plugins are lent for work that blocks. */
class LentContextTest {

  private final Vertx vertx = Vertx.vertx();
  private final LentContext.Lender lender =
      new LentContext.Lender(
          vertx, vertx.getOrCreateContext(), pool("blocking"), pool("background"), null, Clock.systemUTC(), null, Optional::empty,
          null, null, null, null, null, null);

  @AfterEach
  void close() {
    vertx.close();
  }

  private WorkerExecutor pool(String name) {
    return vertx.createSharedWorkerExecutor(name, 1);
  }

  private LentContext lent(String name) {
    return new LentContext(new PluginId(name, "1", "g"), lender);
  }

  /** Asks for work on an event loop. */
  private static <T> Future<T> on(Context caller, LentContext plugin, Callable<T> work) {
    Promise<T> done = Promise.promise();
    caller.runOnContext(here -> plugin.ordered(work).onComplete(done));
    return done.future();
  }

  private static <T> T result(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void orderedWorkIsDoneInItsOrder() throws Exception {
    LentContext plugin = lent("one");
    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    List<Future<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int number = i;
      all.add(plugin.ordered(() -> seen.add(number)));
    }
    result(Future.all(all));
    assertThat(seen).hasSize(200).isSorted();
  }

  @Test
  void aPluginThatGoesWithWorkLeftHoldsUpNoOther() throws Exception {
    LentContext going = lent("going");
    LentContext staying = lent("staying");
    Context first = ((VertxInternal) vertx).createEventLoopContext();
    Context second = ((VertxInternal) vertx).createEventLoopContext();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch enough = new CountDownLatch(1);
    on(first, going, () -> {
      begun.countDown();
      return enough.await(10, TimeUnit.SECONDS);
    });
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    on(second, going, () -> "waits for the one before");
    Promise<Void> asked = Promise.promise();
    second.runOnContext(here -> asked.complete());
    result(asked.future());
    going.release();
    enough.countDown();
    assertThat(result(on(second, staying, () -> "done"))).isEqualTo("done");
  }

  /** Who asks, from a thread of its own. */
  private static String from(Runnable first, Callable<Future<String>> asking) throws Exception {
    Promise<String> answer = Promise.promise();
    Thread caller =
        new Thread(
            () -> {
              first.run();
              try {
                asking.call().onComplete(answer);
              } catch (Exception e) {
                answer.fail(e);
              }
            });
    caller.start();
    return result(answer.future());
  }

  private static String where() {
    Thread here = Thread.currentThread();
    return here.getName().replaceFirst("-[0-9]+$", "") + (Background.entered() ? " stepped back" : "");
  }

  @Test
  void whoHasSteppedBackIsLentAPoolApart() throws Exception {
    LentContext plugin = lent("one");
    assertThat(from(() -> {}, () -> plugin.blocking(LentContextTest::where))).isEqualTo("blocking");
    assertThat(from(Background::enter, () -> plugin.blocking(LentContextTest::where))).startsWith("background");
  }

  @Test
  void orderedWorkStepsBackOnceSomebodyAsksWhoHas() throws Exception {
    LentContext plugin = lent("one");
    assertThat(from(() -> {}, () -> plugin.ordered(LentContextTest::where))).isEqualTo("sluice-one-g");
    assertThat(from(Background::enter, () -> plugin.ordered(LentContextTest::where)))
        .isEqualTo("sluice-one-g stepped back");
  }
}
