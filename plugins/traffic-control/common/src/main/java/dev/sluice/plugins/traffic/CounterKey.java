package dev.sluice.plugins.traffic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Who is counted, where, and for what.
 *
 * @param scope the route and the service that the limits are attached to, each a UUID, with a colon between
 * @param who an id, an address, or what else a limit goes by
 * @param limit the name of the limit; empty when there is but one
 */
public record CounterKey(String scope, String who, String limit) {

  private static final int LONGEST = 128;
  private static final String NONE = "00000000-0000-0000-0000-000000000000";

  /** Where limits are attached. */
  public static String scope(Optional<String> routeId, Optional<String> serviceId) {
    return routeId.orElse(NONE) + ":" + serviceId.orElse(NONE);
  }

  /** A key; what clients made up and is very long stands there by its digest. */
  public static CounterKey of(String scope, String who) {
    return of(scope, who, "");
  }

  /** A key of a limit with a name. */
  public static CounterKey of(String scope, String who, String limit) {
    return new CounterKey(scope, who.length() <= LONGEST ? who : digest(who), limit);
  }

  private static String digest(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Written out, as all counters are asked for at each request and the methods of records take detours. */
  @Override
  public boolean equals(Object other) {
    return other instanceof CounterKey that
        && who.equals(that.who)
        && scope.equals(that.scope)
        && limit.equals(that.limit);
  }

  @Override
  public int hashCode() {
    return (scope.hashCode() * 31 + who.hashCode()) * 31 + limit.hashCode();
  }

  /** The name under which Kong's policies keep the counter of a period. */
  public String name(Windows windows, Period period) {
    String window = scope + ":" + who + ":" + windows.start(period) * 1000 + ":";
    return limit.isEmpty()
        ? "ratelimit:" + window + period.field()
        : "response-ratelimit:" + window + limit + ":" + period.field();
  }
}
