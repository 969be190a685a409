package dev.sluice.plugins.traffic;

import dev.sluice.api.PluginContext;
import dev.sluice.api.store.SharedCounters;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The policies of one generation of a plugin: filters of all configurations count with the same ones. */
public final class Policies {

  private static final int CAPACITY = 200_000;
  private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final PluginContext context;
  private final Windows.Source windows;
  private final LocalCounters counters = new LocalCounters(CAPACITY);
  private final Policy local = new LocalPolicy(counters);
  private final Policy cluster;
  private final Map<RedisSettings, RedisLink> links = new ConcurrentHashMap<>();
  private final Map<SyncedBy, SyncedPolicy> synced = new ConcurrentHashMap<>();
  private long sweptAt;

  private record SyncedBy(RedisSettings settings, Duration rate) {}

  /** Makes policies, and keeps them tidy until the plugin is retired. */
  public Policies(PluginContext context) {
    this.context = context;
    this.cluster = new ClusterPolicy(context, local);
    this.windows = new Windows.Source(context.clock());
    context.every(Duration.ofSeconds(1), this::tidy);
  }

  /** The windows of now. */
  public Windows now() {
    return windows.now();
  }

  /** Counts on this node alone. */
  public Policy local() {
    return local;
  }

  /** Counts in the store that nodes share; on this node alone where there is no other. */
  public Policy cluster() {
    return cluster;
  }

  /**
   * Counts in a Redis.
   *
   * @param rate how often; empty counts at once
   */
  public Policy redis(RedisSettings settings, Optional<Duration> rate) {
    SharedCounters shared = counters(settings);
    return rate.isEmpty()
        ? new SharedPolicy(shared, true)
        : synced.computeIfAbsent(
            new SyncedBy(settings, rate.get()),
            absent -> new SyncedPolicy(context, new LocalCounters(CAPACITY), shared, rate.get()));
  }

  /** Numbers in a Redis, for who counts in a way of its own. */
  public SharedCounters counters(RedisSettings settings) {
    return new RedisCounters(
        links.computeIfAbsent(settings, absent -> context.own(new RedisLink(context.vertx(), settings))));
  }

  private void tidy() {
    Windows now = windows.now();
    if (counters.crowded()
        || synced.values().stream().anyMatch(SyncedPolicy::crowded)
        || now.second() - sweptAt >= Period.MINUTE.seconds()) {
      sweptAt = now.second();
      counters.sweep(now);
      synced.values().forEach(policy -> policy.sweep(now));
      links.values().forEach(link -> link.rest(IDLE_NANOS));
    }
  }
}
