package dev.sluice.plugins.openidconnect;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Answers to questions that cost something: asked once by all who want to know at the same time, and remembered for a while.
 * Questions are kept as keyed hashes, since there are tokens and passwords in them. For all threads.
 *
 * @param <T> the type of the answers
 */
final class Remembered<T> {

  private static final int MOST = 10_000;
  private static final long SWEEP_MILLIS = 60_000;
  /** Every look at all of them holds up the event loop. */
  private static final long FULL_SWEEP_MILLIS = 1000;
  private static final String HMAC = "HmacSHA256";

  private final Clock clock;
  private final SecretKeySpec key;
  private final ToLongFunction<T> untilMillis;
  private final Map<String, Entry<T>> entries = new ConcurrentHashMap<>();
  private volatile long sweptAt;

  /**
   * Remembers nothing yet.
   *
   * @param untilMillis until when an answer holds, in milliseconds since the epoch
   */
  Remembered(Clock clock, ToLongFunction<T> untilMillis) {
    this.clock = clock;
    this.untilMillis = untilMillis;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, HMAC);
  }

  private static final class Entry<T> {
    private final Promise<T> answer = Promise.promise();
    private volatile long until = Long.MAX_VALUE;
  }

  /** The answer to a question; failures are not remembered. */
  Future<T> get(String question, Supplier<Future<T>> ask) {
    String key = hash(question);
    long now = clock.millis();
    Entry<T> known = entries.get(key);
    if (known != null && known.until > now) {
      return ProviderClient.here(known.answer.future());
    }
    if (now - sweptAt > (entries.size() >= MOST ? FULL_SWEEP_MILLIS : SWEEP_MILLIS)) {
      sweptAt = now;
      entries.values().removeIf(entry -> entry.until <= now);
    }
    if (entries.size() >= MOST) {
      return ask.get();
    }
    Entry<T> mine = new Entry<>();
    Entry<T> other = entries.compute(key, (same, old) -> old != null && old.until > now ? old : mine);
    if (!mine.equals(other)) {
      return ProviderClient.here(other.answer.future());
    }
    return Future.<Void>succeededFuture().compose(begin -> ask.get()).onComplete(result -> {
      if (result.succeeded()) {
        mine.until = untilMillis.applyAsLong(result.result());
      } else {
        entries.remove(key, mine);
      }
      mine.answer.handle(result);
    });
  }

  private String hash(String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }
}
