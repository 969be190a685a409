package dev.sluice.plugins.canary.gate;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Compares the canary with what is not the canary, at the same time. A pure function of two counts that only grow:
 * nodes that add up the same counts say the same, and a restart changes nothing.
 *
 * <p><b>What is guaranteed.</b> Of a canary that keeps within the bounds it is ever said that it is failing with a
 * chance of at most {@code 1 - confidence}, over all looks together: after every request or once an hour, for as long
 * as anybody likes. Where latencies are judged too, each of the two tests has half of that. "Within the bounds" means
 * for error rates: at every moment the mean chance to fail of the canary's requests so far is at most that of the
 * control's, plus the delta. The chances may change from request to request, as in a peak or an outage that both
 * cohorts share. For the p99 it means that the distribution of the latencies of each cohort stays what it is while it
 * is counted.
 *
 * <p><b>What that asks of who counts.</b> Both cohorts are counted from the same moment, anew whenever the share
 * changes: else a bad hour weighs differently in the two means. Where the share grows all the time, {@link Matching}
 * says which requests to count. Several periods share one budget by {@link GateConfig#over}. Requests are taken to fail
 * independently of each other, given their chances: where one client makes up most of a cohort, the gate compares
 * clients, not versions.
 *
 * <p><b>What is not guaranteed.</b> That a bad canary is found soon, or at all when it is within the bounds; GATE.md
 * says how soon. Requests count when they have ended, so a canary that hangs is noticed when its requests time out or
 * their clients give up.
 * Without any request of the control nothing is compared, and nothing fails.
 */
public final class Gate {

  private static final double HUNDRED = 100;
  private static final double MOST_SHOWN = 1e12;

  /** What one test found: the logarithms of its evidence and of what is needed, and its words for either. */
  private record Finding(String name, double evidence, double needed, double bound, String fact, String allowed) {

    boolean against() {
      return evidence >= needed;
    }

    String words() {
      return fact + (against() ? ", more than " : ", no evidence of more than ") + allowed;
    }

    JsonObject numbers() {
      return new JsonObject()
          .put("allowed", bound)
          .put("evidence", Math.min(MOST_SHOWN, rounded(Math.exp(evidence))))
          .put("needed", rounded(Math.exp(needed)));
    }

    private static double rounded(double value) {
      return value < HUNDRED ? Math.round(value * HUNDRED) / HUNDRED : Math.rint(value);
    }
  }

  private Gate() {}

  /**
   * Says what the counts show. Takes a fraction of a millisecond.
   *
   * @param canary counted since the share is what it is
   * @param control the requests that could have gone there and did not, counted since the same moment
   */
  public static Verdict verdict(GateConfig config, Cohort canary, Cohort control) {
    List<Finding> findings = findings(config, canary, control);
    JsonObject numbers = new JsonObject()
        .put("confidence", config.confidence())
        .put("canary", canary.shown())
        .put("control", control.shown());
    findings.forEach(each -> numbers.put(each.name(), each.numbers()));
    List<Finding> against = findings.stream().filter(Finding::against).toList();
    if (!against.isEmpty()) {
      return new Verdict(Verdict.State.FAILING, words(against), numbers);
    }
    if (canary.requests() < config.minRequests()) {
      return waiting("canary", canary, config, numbers);
    }
    if (control.requests() < config.minRequests()) {
      return waiting("control", control, config, numbers);
    }
    return new Verdict(Verdict.State.PASSING, words(findings), numbers);
  }

  private static List<Finding> findings(GateConfig config, Cohort canary, Cohort control) {
    // As if the requests up to the minimum had all gone well: what fails even so will not be mended by waiting for
    // them.
    long requests = Math.max(canary.requests(), config.minRequests());
    boolean latencies = config.maxP99Ratio().isPresent();
    double needed = -Math.log(config.alpha() / (latencies ? 2 : 1));
    List<Finding> findings = new ArrayList<>();
    findings.add(new Finding(
        "error_rate",
        ErrorRates.evidence(
            canary.errors(), requests, control.errors(), control.requests(), config.maxErrorRateDelta()),
        needed,
        config.maxErrorRateDelta(),
        "error rate " + rate(canary) + ", control " + rate(control),
        String.format(Locale.ROOT, "%.2f percentage points above it", config.maxErrorRateDelta() * HUNDRED)));
    if (latencies) {
      double ratio = config.maxP99Ratio().getAsDouble();
      findings.add(new Finding(
          "p99",
          P99s.evidence(canary, requests, control, ratio),
          needed,
          ratio,
          String.format(Locale.ROOT, "p99 %.1f ms, control %.1f ms", canary.p99(), control.p99()),
          String.format(Locale.ROOT, "%.2f times that", ratio)));
    }
    return findings;
  }

  private static Verdict waiting(String which, Cohort cohort, GateConfig config, JsonObject numbers) {
    String reason = cohort.requests() + " of " + config.minRequests() + " requests of the " + which;
    return new Verdict(Verdict.State.WAITING, reason, numbers);
  }

  private static String words(List<Finding> findings) {
    return findings.stream().map(Finding::words).collect(Collectors.joining("; "));
  }

  private static String rate(Cohort cohort) {
    String percent = String.format(Locale.ROOT, "%.2f %%", cohort.errorRate() * HUNDRED);
    return percent + " (" + cohort.errors() + " of " + cohort.requests() + ")";
  }
}
