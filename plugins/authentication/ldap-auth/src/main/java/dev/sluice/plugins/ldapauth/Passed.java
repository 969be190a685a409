package dev.sluice.plugins.ldapauth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Remembers who was found right for some time. Neither passwords nor plain hashes of them are kept. For all threads. */
final class Passed {

  private static final int MOST = 10_000;

  private final Clock clock;
  private final long millis;
  private final SecretKeySpec key;
  private final Map<String, Long> until = new ConcurrentHashMap<>();

  Passed(Clock clock, double seconds) {
    this.clock = clock;
    this.millis = (long) (seconds * 1000);
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, "HmacSHA256");
  }

  /** What stands for a name and a password; it tells nothing of either. */
  String mark(String name, byte[] password) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(name.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return HexFormat.of().formatHex(mac.doFinal(password));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC with SHA-256", e);
    }
  }

  boolean contains(String mark) {
    Long end = until.get(mark);
    return end != null && clock.millis() < end;
  }

  void add(String mark) {
    if (millis <= 0) {
      return;
    }
    long now = clock.millis();
    if (until.size() >= MOST) {
      until.values().removeIf(end -> end <= now);
    }
    if (until.size() < MOST) {
      until.put(mark, now + millis);
    }
  }
}
