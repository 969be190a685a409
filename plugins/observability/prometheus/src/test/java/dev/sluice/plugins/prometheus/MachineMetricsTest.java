package dev.sluice.plugins.prometheus;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.Registration;
import dev.sluice.api.request.EndedRequest;
import dev.sluice.api.request.RequestObserver;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.EndpointsAlone;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The Java machine is told of under Micrometer's names, and so is how late event loops are. */
class MachineMetricsTest {

  private static final String BUCKET = "sluice_event_loop_delay_seconds_bucket{le=\"%s\"}";
  private static final String COUNT = "sluice_event_loop_delay_seconds_count";

  private final AtomicBoolean hold = new AtomicBoolean();

  /** Holds up each event loop for a third of a second, once. */
  private final class Holding implements GatewayPlugin {
    private Registration registration = () -> {};

    @Override
    public void start(PluginContext context) {
      registration = context.onRequest(() -> new RequestObserver() {
        @Override
        public void ended(EndedRequest request) {}

        @Override
        public void tick() {
          if (hold.compareAndSet(true, false)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(350));
          }
        }
      });
    }

    @Override
    public void stop() {
      registration.close();
    }
  }

  @Test
  void theMachineIsToldOfUnderTheUsualNames() {
    try (TestGateway gateway = TestGateway.with(new PrometheusPlugin(), new EndpointsAlone()).start()) {
      Scraped first = Scraped.of(gateway);
      assertThat(first.values().keySet())
          .anyMatch(each -> each.startsWith("jvm_memory_used_bytes{application=\"sluice\",area=\"heap\","))
          .anyMatch(each -> each.startsWith("jvm_info{"))
          .contains("jvm_classes_loaded_classes{application=\"sluice\"}")
          .contains("jvm_threads_live_threads{application=\"sluice\"}")
          .contains("process_cpu_usage{application=\"sluice\"}")
          .contains("process_uptime_seconds{application=\"sluice\"}")
          .contains("process_files_open_files{application=\"sluice\"}");
      assertThat(collections(first)).isZero();
      System.gc();
      Await.until("a collection is told of", () -> collections(Scraped.of(gateway)) > 0);
    }
  }

  private static double collections(Scraped told) {
    return told.values().entrySet().stream()
        .filter(each -> each.getKey().startsWith("jvm_gc_pause_seconds_count{"))
        .mapToDouble(each -> each.getValue())
        .sum();
  }

  @Test
  void whatHoldsUpAnEventLoopIsSeen() {
    try (TestGateway gateway = TestGateway.with(new PrometheusPlugin(), new Holding(), new EndpointsAlone()).start()) {
      Scraped.of(gateway);
      Await.until("it is measured", () -> Scraped.of(gateway).value(COUNT) > 5);
      Scraped before = Scraped.of(gateway);
      hold.set(true);
      Await.until("the delay is seen", () -> slow(Scraped.of(gateway)) > slow(before));
      assertThat(Scraped.of(gateway).value("sluice_event_loop_delay_seconds_max")).isGreaterThan(0.2);
      double then = fast(Scraped.of(gateway));
      Await.until("what comes after is in time", () -> fast(Scraped.of(gateway)) > then + 5);
    }
  }

  private static double fast(Scraped told) {
    return told.value(BUCKET.formatted("0.1"));
  }

  private static double slow(Scraped told) {
    return told.value(COUNT) - told.value(BUCKET.formatted("0.2"));
  }

  @Test
  void delaysAreCountedFromTheMostPunctualTick() {
    Timer timer = Timer.builder("delay").register(new SimpleMeterRegistry());
    long[] now = {0};
    LoopDelay delay = new LoopDelay(timer, () -> TimeUnit.MILLISECONDS.toNanos(now[0]));
    double expected = 0;
    // When each tick comes, in milliseconds, and how late that is.
    for (long[] tick : new long[][] {{30, 0}, {130, 0}, {210, 0}, {350, 40}, {700, 290}, {700, 190}, {700, 90}, {710, 0}, {815, 5}}) {
      now[0] = tick[0];
      delay.tick();
      expected += tick[1];
      assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).as("at %d", tick[0]).isEqualTo(expected);
    }
    assertThat(timer.count()).isEqualTo(8);
  }
}
