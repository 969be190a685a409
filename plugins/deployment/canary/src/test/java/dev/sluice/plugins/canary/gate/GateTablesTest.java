package dev.sluice.plugins.canary.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/** Measures the tables of GATE.md and writes them to target/gate-tables.md. Takes minutes, so only when asked to. */
@EnabledIfSystemProperty(named = "sluice.gate.tables", matches = "true")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GateTablesTest {

  private static final int RUNS = 200;
  private static final int AA_RUNS = 1000;
  private static final int PEEKED = 5000;
  private static final double HOUR = 3600;
  private static final double BASE = 0.001;
  private static final double[] SHARES = {0.01, 0.1, 0.5};
  private static final StringBuilder TABLES = new StringBuilder();

  @AfterAll
  static void write() throws IOException {
    Files.writeString(Path.of("target", "gate-tables.md"), TABLES);
  }

  private static void line(String text) {
    TABLES.append(text).append('\n');
  }

  /** The median of latencies that do not change, in milliseconds. */
  private static double calm(double at) {
    return 50;
  }

  private static GateConfig config(double interval, double delta, OptionalDouble ratio) {
    return new GateConfig(interval, 100, delta, ratio, 0.99);
  }

  @Test
  @Order(1)
  void timeToRollback() {
    line("| allowed | faults | interval | 1 % of traffic | 10 % | 50 % |");
    line("|---|---|---|---|---|---|");
    for (double interval : new double[] {10, 1}) {
      for (double fault : new double[] {1, 0.2, 0.05, 0.01}) {
        row(interval, 0.02, fault);
      }
    }
    for (double delta : new double[] {0.005, 0}) {
      for (double fault : new double[] {0.05, 0.01}) {
        row(10, delta, fault);
      }
    }
    line("");
  }

  private static void row(double interval, double delta, double fault) {
    StringBuilder cells = new StringBuilder();
    for (double share : SHARES) {
      Rollout rollout = new Rollout(1000, share, at -> BASE, fault, 1, config(interval, delta, OptionalDouble.empty()));
      cells.append(cell(rollout)).append(" | ");
    }
    line("| " + percent(delta) + " | " + percent(fault) + " | " + (int) interval + " s | " + cells.toString().trim());
  }

  @Test
  @Order(2)
  void timeToRollbackByLatency() {
    line("| allowed | canary slower | 1 % of traffic | 10 % | 50 % |");
    line("|---|---|---|---|---|");
    for (double ratio : new double[] {1.2, 1.5}) {
      for (double slower : new double[] {1.5, 2, 4}) {
        StringBuilder cells = new StringBuilder();
        for (double share : SHARES) {
          Rollout rollout = new Rollout(
              1000, share, at -> BASE, 0, slower, config(10, 0.02, OptionalDouble.of(ratio)));
          cells.append(slower > ratio ? cell(rollout) : "within bounds").append(" | ");
        }
        line("| p99 × " + ratio + " | × " + slower + " | " + cells.toString().trim());
      }
    }
    line("");
  }

  private static String cell(Rollout rollout) {
    List<Optional<Rollout.Rollback>> runs =
        LongStream.range(0, RUNS).mapToObj(seed -> rollout.run(seed, HOUR)).toList();
    long found = runs.stream().filter(Optional::isPresent).count();
    if (found == 0) {
      return "never in " + RUNS + " h";
    }
    double[] seconds = runs.stream()
        .mapToDouble(each -> each.map(Rollout.Rollback::seconds).orElse(Double.POSITIVE_INFINITY)).sorted().toArray();
    long[] failed = runs.stream().flatMap(Optional::stream).mapToLong(Rollout.Rollback::failed).sorted().toArray();
    String times = text(seconds[RUNS / 2]) + " / " + text(seconds[RUNS * 95 / 100]);
    return rollout.fault() > 0 ? times + " (" + failed[failed.length / 2] + ")" : times;
  }

  private static String text(double seconds) {
    return Double.isInfinite(seconds) ? "over 1 h" : String.format(Locale.ROOT, "%.0f s", seconds);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, share == 0 || share >= 0.01 ? "%.0f %%" : "%.1f %%", share * 100);
  }

  @Test
  @Order(3)
  void falseRollbacks() {
    line("| base error rate | allowed | share | looks | rolled back of " + AA_RUNS + " |");
    line("|---|---|---|---|---|");
    for (double base : new double[] {0, 0.001, 0.01, 0.05}) {
      for (double delta : new double[] {0, 0.02}) {
        for (double share : new double[] {0.01, 0.5}) {
          aa("%s | %s".formatted(percent(base), percent(delta)), 1000, share, at -> base, HOUR, GateTablesTest::calm,
              config(10, delta, OptionalDouble.empty()));
        }
      }
    }
    aa("1 % | 0 %", 1000, 0.1, at -> 0.01, HOUR, GateTablesTest::calm, config(1, 0, OptionalDouble.empty()));
    aa("1 % | 0 %", 1000, 0.1, at -> 0.01, 6 * HOUR, GateTablesTest::calm, config(60, 0, OptionalDouble.empty()));
    aa("peaks, 0 to 20 % | 0 %", 1000, 0.1, at -> 0.1 * (1 - Math.cos(at / 300)), HOUR, GateTablesTest::calm,
        config(10, 0, OptionalDouble.empty()));
    aa("outages of 60 s in 0.1 % | 0 %", 1000, 0.1, at -> at % 900 > 840 ? 1 : BASE, HOUR, GateTablesTest::calm,
        config(10, 0, OptionalDouble.empty()));
    line("");
  }

  @Test
  @Order(5)
  void falseRollbacksByLatency() {
    line("| base error rate, p99 | allowed | share | looks | rolled back of " + AA_RUNS + " |");
    line("|---|---|---|---|---|");
    for (double share : new double[] {0.1, 0.5}) {
      aa("1 %, p99 × 1 | 0 %", 50, share, at -> 0.01, HOUR, GateTablesTest::calm,
          config(30, 0, OptionalDouble.of(1)));
      aa("1 %, p99 × 1, peaks of latency × 3 | 0 %", 50, share, at -> 0.01, HOUR,
          at -> 50 * (2 - Math.cos(at / 300)), config(30, 0, OptionalDouble.of(1)));
    }
    line("");
  }

  private static void aa(
      String name, double perSecond, double share, DoubleUnaryOperator base, double seconds,
      DoubleUnaryOperator latency, GateConfig config) {
    Rollout rollout = new Rollout(perSecond, share, base, 0, 1, config);
    long alarms = LongStream.range(0, AA_RUNS).filter(seed -> rollout.run(seed, seconds, latency).isPresent()).count();
    String looks = (int) (seconds / config.intervalSeconds()) + ", each " + (int) config.intervalSeconds() + " s";
    line("| " + name + " | " + percent(share) + " | " + looks + " | " + alarms + " |");
    assertThat(alarms).as(name).isLessThanOrEqualTo(Math.round(config.alpha() * AA_RUNS));
  }

  @Test
  @Order(4)
  void aLookAfterEachRequest() {
    line("| base error rate | requests of the canary | of the control | confidence | rolled back of " + AA_RUNS + " |");
    line("|---|---|---|---|---|");
    for (double confidence : new double[] {0.99, 0.9}) {
      for (double base : new double[] {0.001, 0.01, 0.05}) {
        for (int controls : new int[] {1, 99}) {
          long alarms = LongStream.range(0, AA_RUNS).filter(seed -> peeked(seed, base, controls, confidence)).count();
          line("| " + percent(base) + " | " + PEEKED + " | " + PEEKED * controls + " | " + percent(confidence) + " | "
              + alarms + " |");
          assertThat(alarms).isLessThanOrEqualTo(Math.round((1 - confidence) * AA_RUNS));
        }
      }
    }
    line("");
  }

  private static boolean peeked(long seed, double base, int controls, double confidence) {
    GateConfig config = new GateConfig(1, 1, 0, OptionalDouble.empty(), confidence);
    Draw draw = new Draw(seed);
    Arm canary = new Arm();
    Arm control = new Arm();
    for (int i = 0; i < PEEKED; i++) {
      canary.add(1, draw.of(1, base));
      control.add(controls, draw.of(controls, base));
      if (Rollout.suspect(canary, control, config)
          && Gate.verdict(config, canary.cohort(), control.cohort()).failing()) {
        return true;
      }
    }
    return false;
  }
}
