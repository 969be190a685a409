package dev.sluice.safety;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How long a refusal takes tells nothing of the keys there are (case AU-04). */
@ExtendWith(Rig.Shared.class)
class TimingTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";

  /** Keys that differ from the real one in the last place, and in all places. */
  private static final String NEAR = KEY.substring(0, 31) + "0";
  private static final String FAR = "zyxwvutsrqponmlkzyxwvutsrqponmlk";

  private final Rig rig;

  TimingTest(Rig rig) {
    this.rig = rig;
  }

  @Test
  void refusalsTakeAsLong() {
    int samples = Suite.times(1_000, 50_000);
    try (Trial trial = new Trial(rig, "AU-04", samples + " wrong keys each: right but for the last place, wrong in all, by turns",
            "no significant difference in time (|t| below " + Suite.times(10, 5) + ")");
        Wire wire = rig.wire()) {
      JsonObject owner = rig.gateway.consumer("timed");
      rig.gateway.create(rig.gateway.type("keyauth_credentials"),
          new JsonObject().put("key", KEY).put("consumer", new JsonObject().put("id", owner.getString("id"))));
      trial.saw("the key " + ask(trial, wire, KEY), true, KEY);
      double[] near = new double[samples];
      double[] far = new double[samples];
      Random random = new Random(Suite.seed());
      for (int i = 0; i < samples; i++) {
        boolean nearFirst = random.nextBoolean();
        double first = micros(trial, wire, nearFirst ? NEAR : FAR);
        double second = micros(trial, wire, nearFirst ? FAR : NEAR);
        near[i] = nearFirst ? first : second;
        far[i] = nearFirst ? second : first;
      }
      double t = t(near, far);
      trial.saw(String.format(Locale.ROOT, "t = %.1f", t), Math.abs(t) < Suite.times(10, 5), "times");
    }
  }

  private int ask(Trial trial, Wire wire, String key) {
    return trial.accepted(wire.send("GET /admin HTTP/1.1\r\nHost: h\r\napikey: " + key + "\r\n\r\n").answer()).status();
  }

  private double micros(Trial trial, Wire wire, String key) {
    long from = System.nanoTime();
    int status = ask(trial, wire, key);
    double took = (System.nanoTime() - from) / 1000.0;
    if (status != 401) {
      trial.saw("a wrong key " + status, false, key);
    }
    return took;
  }

  /** Welch's t of the quicker halves: the slower ones show what else the machine does. */
  private static double t(double[] one, double[] two) {
    double[] a = half(one);
    double[] b = half(two);
    return (mean(a) - mean(b)) / Math.sqrt(variance(a) / a.length + variance(b) / b.length);
  }

  private static double[] half(double[] all) {
    double[] sorted = all.clone();
    Arrays.sort(sorted);
    return Arrays.copyOf(sorted, sorted.length / 2);
  }

  private static double mean(double[] all) {
    return Arrays.stream(all).average().orElseThrow();
  }

  private static double variance(double[] all) {
    double mean = mean(all);
    return Arrays.stream(all).map(each -> (each - mean) * (each - mean)).sum() / (all.length - 1);
  }
}
