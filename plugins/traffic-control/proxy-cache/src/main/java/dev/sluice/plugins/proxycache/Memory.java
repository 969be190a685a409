package dev.sluice.plugins.proxycache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.sluice.api.request.Headers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The answers that are kept, for all filters of a generation. Safe from any thread, and never waits. */
final class Memory {

  private static final long MOST_BYTES = Math.min(128L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 8);

  /** So many answers for different headers are kept under one key, the newest ones. */
  private static final int VARIANTS = 16;

  private final Clock clock;
  private final Cache<String, List<Stored>> answers;

  Memory(Clock clock) {
    this.clock = clock;
    this.answers = Caffeine.newBuilder()
        .maximumWeight(MOST_BYTES)
        .weigher((String key, List<Stored> variants) -> variants.stream().mapToInt(Stored::weight).sum())
        .expireAfter(Expiry.writing((String key, List<Stored> variants) -> variants.get(0).keep() > 0
            ? Duration.ofSeconds(variants.stream().mapToLong(Stored::keep).max().orElse(0))
            : Duration.ZERO))
        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
        // What there is to tidy is tidied by whoever comes along: no thread is needed.
        .executor(Runnable::run)
        .build();
  }

  /** What is kept for a request. */
  Optional<Stored> find(String key, Headers request) {
    List<Stored> variants = answers.getIfPresent(key);
    if (variants != null) {
      long now = now();
      for (Stored variant : variants) {
        if (variant.isFor(request) && now - variant.timestamp() < variant.keep()) {
          return Optional.of(variant);
        }
      }
    }
    return Optional.empty();
  }

  /** The newest answer that is kept under a key. */
  Optional<Stored> newest(String key) {
    List<Stored> variants = answers.getIfPresent(key);
    return variants == null ? Optional.empty() : Optional.of(variants.get(0));
  }

  /** Keeps an answer, in place of one for the same headers. */
  void store(String key, Stored answer) {
    answers.asMap().merge(key, List.of(answer), (known, fresh) -> {
      List<Stored> variants = new ArrayList<>(fresh);
      for (Stored other : known) {
        if (variants.size() < VARIANTS && !other.vary().equals(answer.vary())
            && now() - other.timestamp() < other.keep()) {
          variants.add(other);
        }
      }
      return List.copyOf(variants);
    });
  }

  long now() {
    return Math.floorDiv(clock.millis(), 1000L);
  }

  /** Forgets what is kept under a key. */
  void remove(String key) {
    answers.invalidate(key);
  }

  /** Forgets all. */
  void clear() {
    answers.invalidateAll();
  }
}
