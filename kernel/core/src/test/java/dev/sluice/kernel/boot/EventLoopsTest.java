package dev.sluice.kernel.boot;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests get loops of their own, however many others have asked Vert.x for a loop before or meanwhile. */
class EventLoopsTest {

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(4));
  private final List<Thread> serving = new CopyOnWriteArrayList<>();
  private final Map<String, Thread> aside = new ConcurrentHashMap<>();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** Notes its thread, and has another thread ask for a loop. */
  private final class Serving extends AbstractVerticle {
    @Override
    public void start() throws InterruptedException {
      serving.add(Thread.currentThread());
      ask();
    }
  }

  private final class Aside extends AbstractVerticle {
    private final String name;

    Aside(String name) {
      this.name = name;
    }

    @Override
    public void start() {
      aside.put(name, Thread.currentThread());
    }
  }

  private void ask() throws InterruptedException {
    Thread other = new Thread(() -> vertx.setTimer(60_000, never -> {}));
    other.start();
    other.join();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void requestsShareNoLoopWithAnybody(int before) throws Exception {
    for (int i = 0; i < before; i++) {
      ask();
    }
    EventLoops loops = new EventLoops(vertx);
    loops
        .startAside(new Aside("admin"))
        .compose(started -> loops.startEverywhere(Serving::new))
        .compose(started -> loops.startAside(new Aside("status")))
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
    assertThat(serving).hasSize(3).doesNotHaveDuplicates();
    assertThat(aside.get("admin")).isSameAs(aside.get("status")).isNotIn(serving);
  }

  @Test
  void whatCannotStartSaysSo() {
    EventLoops loops = new EventLoops(vertx);
    AbstractVerticle broken = new AbstractVerticle() {
      @Override
      public void start() {
        throw new IllegalStateException("it cannot start");
      }
    };
    assertThat(loops.startAside(broken).toCompletionStage().toCompletableFuture())
        .failsWithin(10, TimeUnit.SECONDS)
        .withThrowableThat()
        .havingRootCause()
        .withMessage("it cannot start");
  }
}
