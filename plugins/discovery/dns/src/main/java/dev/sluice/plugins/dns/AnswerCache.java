package dev.sluice.plugins.dns;

import dev.sluice.api.upstream.UnresolvedException;
import dev.sluice.plugins.dns.DnsSettings.Kind;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The answers that were got last, so many at most: what was not asked for longest leaves. Safe for all threads. */
final class AnswerCache {

  private final Map<String, Entry> entries;

  /** An answer, or why there is none; the kind of the last answer is known beyond its time. */
  private record Entry(Optional<Answer> answer, Optional<UnresolvedException> failure, Optional<Kind> last, long until) {}

  AnswerCache(int most) {
    entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
            return size() > most;
          }
        };
  }

  /** What is known of a name and still holds. */
  synchronized Optional<Future<Answer>> get(String name, long now) {
    return Optional.ofNullable(entries.get(name))
        .filter(entry -> now < entry.until())
        .map(
            entry ->
                entry.answer().map(Future::succeededFuture).orElseGet(() -> again(entry, Duration.ofMillis(entry.until() - now))));
  }

  private static Future<Answer> again(Entry entry, Duration left) {
    UnresolvedException failure = entry.failure().orElseThrow();
    return Future.failedFuture(new UnresolvedException(failure.getMessage(), failure.absent(), left));
  }

  /** The kind of record that had an answer the last time. */
  synchronized Optional<Kind> last(String name) {
    return Optional.ofNullable(entries.get(name)).flatMap(Entry::last);
  }

  synchronized void put(String name, Answer answer) {
    entries.put(name, new Entry(Optional.of(answer), Optional.empty(), Optional.of(answer.kind()), answer.until()));
  }

  synchronized void put(String name, UnresolvedException failure, long now) {
    entries.put(
        name, new Entry(Optional.empty(), Optional.of(failure), last(name), now + failure.ttl().toMillis()));
  }

  synchronized int size() {
    return entries.size();
  }
}
