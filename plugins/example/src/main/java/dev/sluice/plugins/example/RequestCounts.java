package dev.sluice.plugins.example;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Requests by consumer. Every event loop counts here, so all of it is safe for that and none of it waits. */
final class RequestCounts {

  /** Stands for requests of nobody in particular. */
  static final String NOBODY = "";

  private final Clock clock;
  private final Map<String, Count> counts = new ConcurrentHashMap<>();

  RequestCounts(Clock clock) {
    this.clock = clock;
  }

  /** The count of one consumer. */
  Count of(String consumerId) {
    Count known = counts.get(consumerId);
    return known != null ? known : counts.computeIfAbsent(consumerId, id -> new Count(clock));
  }

  /** Forgets who has asked for nothing in a while: consumers come and go, and memory is not endless. */
  void forget(Duration idle) {
    long oldest = clock.millis() - idle.toMillis();
    counts.values().removeIf(count -> count.lastMillis < oldest);
  }

  /** All counts, in the form of the Admin API. */
  JsonObject toJson() {
    JsonArray data = new JsonArray();
    counts.forEach((id, count) -> data.add(new JsonObject()
        .put("consumer", id.equals(NOBODY) ? null : new JsonObject().put("id", id))
        .put("requests", count.requests.get())
        .put("errors", count.errors.get())));
    return new JsonObject().put("data", data);
  }

  /** What one consumer has asked for. */
  static final class Count {
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final Clock clock;
    private volatile long lastMillis;

    private Count(Clock clock) {
      this.clock = clock;
      this.lastMillis = clock.millis();
    }

    /** Counts a request, and says which one it is, from 1. */
    long request() {
      lastMillis = clock.millis();
      return requests.incrementAndGet();
    }

    /** Counts an answer that tells of an error. */
    void error() {
      errors.incrementAndGet();
    }
  }
}
