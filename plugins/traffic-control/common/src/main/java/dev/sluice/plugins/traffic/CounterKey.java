package dev.sluice.plugins.traffic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Who is counted, where, and for what. Immutable. */
public class CounterKey {

  private static final int LONGEST = 128;
  private static final String NONE = "00000000-0000-0000-0000-000000000000";

  private final String scope;
  private final String who;
  private final String limit;

  /** Read and written without order: whatever it says, it is a client of this key. */
  private long client;

  CounterKey(String scope, String who, String limit) {
    this.scope = scope;
    this.who = who;
    this.limit = limit;
  }

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

  /** The route and the service that the limits are attached to, each a UUID, with a colon between. */
  public final String scope() {
    return scope;
  }

  /** An id, an address, or what else a limit goes by. */
  public final String who() {
    return who;
  }

  /** The name of the limit; empty when there is but one. */
  public final String limit() {
    return limit;
  }

  /** Notes an identity whose key it is, by its number. */
  final void isOf(long number) {
    client = number;
  }

  /** Whether it is known to be the key of an identity. */
  final boolean of(long number) {
    return client == number;
  }

  /** Whether it is worth keeping: not so when it was the key in a table, and has left that. */
  boolean lives() {
    return true;
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof CounterKey that
        && who.equals(that.who)
        && scope.equals(that.scope)
        && limit.equals(that.limit);
  }

  @Override
  public final int hashCode() {
    return (scope.hashCode() * 31 + who.hashCode()) * 31 + limit.hashCode();
  }

  @Override
  public final String toString() {
    return scope + ' ' + who + ' ' + limit;
  }

  /** The name under which Kong's policies keep the counter of a period. */
  public final String name(Windows windows, Period period) {
    String window = scope + ":" + who + ":" + windows.start(period) * 1000 + ":";
    return limit.isEmpty()
        ? "ratelimit:" + window + period.field()
        : "response-ratelimit:" + window + limit + ":" + period.field();
  }
}
