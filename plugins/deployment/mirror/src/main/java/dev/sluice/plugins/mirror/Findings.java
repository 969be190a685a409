package dev.sluice.plugins.mirror;

import dev.sluice.api.deployment.CopyFailedException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** What one mirror has found. It outlives a change of its configuration. */
final class Findings {

  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicReference<Figures> figures;

  Findings(long now) {
    figures = new AtomicReference<>(new Figures(now));
  }

  /** What happens to a request. */
  enum Step {
    /** The share picked it. */
    REQUESTS,
    /** A copy of it was sent. */
    MIRRORED,
    /** Both answers were compared. */
    COMPARED,
    /** They were the same, noise aside. */
    EQUAL,
    /** They were not. */
    DIFFERENT,
    /** The upstream was asked once more. */
    PROBES,
    /** Nothing could be learnt from that. */
    PROBES_FAILED
  }

  /** Why a request was not copied. */
  enum Drop {
    /** Its method is not one that is copied. */
    METHOD,
    /** It is a copy itself. */
    MARKED,
    /** It is of gRPC, or asks for another protocol. */
    STREAMING,
    /** Its body is too long. */
    REQUEST_BODY,
    /** Too many copies were under way. */
    IN_FLIGHT,
    /** It did not get as far as the upstream itself. */
    UNSENT
  }

  /** Why two answers were not compared although a copy was sent and answered. */
  enum Skip {
    /** The upstream gave no whole answer, or the client did not wait for it. */
    PRIMARY,
    /** One of the bodies is too long, or has no end. */
    ANSWER_BODY,
    /** They differ in so many places that say nothing that others were not looked at. */
    NOISE,
    /** Comparing them failed, which is logged. */
    FAILED,
    /** The jar was about to go. */
    LEAVING
  }

  /** What was counted since the beginning or the last reset. Counts are for all threads, the rest is the desk's. */
  static final class Figures {
    private static final int KEPT = 50;

    final long since;
    final Tally<Step> steps = new Tally<>(Step.class);
    final Tally<Drop> dropped = new Tally<>(Drop.class);
    final Tally<Skip> notCompared = new Tally<>(Skip.class);
    final Tally<CopyFailedException.Reason> errors = new Tally<>(CopyFailedException.Reason.class);
    final Latencies primary = new Latencies();
    final Latencies shadow = new Latencies();
    final Noise noise = new Noise();
    final Budget budget = new Budget();
    private final Deque<JsonObject> last = new ArrayDeque<>();

    Figures(long since) {
      this.since = since;
    }

    /** Keeps what differed, instead of what is oldest. */
    void keep(JsonObject different) {
      last.addFirst(different);
      if (last.size() > KEPT) {
        last.removeLast();
      }
    }

    JsonObject shown() {
      return new JsonObject()
          .put("since", since / 1000)
          .put("requests", steps.get(Step.REQUESTS))
          .put("mirrored", steps.get(Step.MIRRORED))
          .put("compared", steps.get(Step.COMPARED))
          .put("equal", steps.get(Step.EQUAL))
          .put("different", steps.get(Step.DIFFERENT))
          .put("dropped", dropped.shown())
          .put("not_compared", notCompared.shown())
          .put("shadow_errors", errors.shown())
          .put("latency_ms", new JsonObject().put("primary", primary.shown()).put("shadow", shadow.shown()))
          .put("noise", new JsonObject()
              .put("probes", steps.get(Step.PROBES))
              .put("probes_failed", steps.get(Step.PROBES_FAILED))
              .put("learnt", noise.shown()))
          .put("last_differences", new JsonArray(List.copyOf(last)));
    }
  }

  Figures figures() {
    return figures.get();
  }

  /** Begins anew; what is under way is still counted for what was. */
  void reset(long now) {
    figures.set(new Figures(now));
  }

  int inFlight() {
    return inFlight.get();
  }

  /** Takes a place among those under way, if there is one. */
  boolean take(int most) {
    if (inFlight.incrementAndGet() <= most) {
      return true;
    }
    inFlight.decrementAndGet();
    return false;
  }

  void giveBack() {
    inFlight.decrementAndGet();
  }
}
