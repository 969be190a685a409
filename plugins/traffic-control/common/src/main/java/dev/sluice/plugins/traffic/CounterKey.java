package dev.sluice.plugins.traffic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Who is counted, and where.
 *
 * @param scope the route and the service that the limits are attached to, each a UUID, with a colon between
 * @param who an id, an address, or what else a limit goes by
 */
public record CounterKey(String scope, String who) {

  private static final int LONGEST = 128;
  private static final String NONE = "00000000-0000-0000-0000-000000000000";

  /** Where limits are attached. */
  public static String scope(Optional<String> routeId, Optional<String> serviceId) {
    return routeId.orElse(NONE) + ":" + serviceId.orElse(NONE);
  }

  /** A key; what clients made up and is very long stands there by its digest. */
  public static CounterKey of(String scope, String who) {
    return new CounterKey(scope, who.length() <= LONGEST ? who : digest(who));
  }

  private static String digest(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The name under which Kong's policies keep the counter of a period. */
  public String name(Windows windows, Period period) {
    return "ratelimit:" + scope + ":" + who + ":" + windows.start(period) * 1000 + ":" + period.field();
  }
}
