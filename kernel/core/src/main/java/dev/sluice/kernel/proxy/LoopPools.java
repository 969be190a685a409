package dev.sluice.kernel.proxy;

import dev.sluice.kernel.pipeline.Flushes;
import dev.sluice.kernel.pipeline.Loop;
import dev.sluice.kernel.pipeline.NodeSettings;
import dev.sluice.kernel.pipeline.SeenNames;
import dev.sluice.kernel.pipeline.Steady;
import dev.sluice.kernel.trust.UpstreamTls;
import dev.sluice.kernel.upstream.KernelTarget;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The pools of one event loop. */
final class LoopPools {

  private static final int EVICT_EVERY_TICKS = 10;

  private final NodeSettings.Pool limits;
  private final SeenNames names;
  private final Flushes flushes;
  private final NetClient client;
  private final Map<PoolKey, LinkPool> pools = new HashMap<>();
  private final PoolKey asked = new PoolKey();
  private int ticks;

  LoopPools(Loop loop) {
    this.limits = loop.settings().pool();
    this.names = loop.names();
    this.flushes = loop.flushes();
    // The deadline of each attempt is the kernel's own; this one only has to be longer than any of them.
    this.client =
        loop.vertx()
            .createNetClient(new NetClientOptions().setTcpNoDelay(true).setConnectTimeout(Integer.MAX_VALUE));
    loop.onTick(this::tick);
  }

  /** The connections without TLS to an address. */
  LinkPool plain(KernelTarget target, boolean http2) {
    return pool(target, null, "", http2);
  }

  /**
   * The connections with TLS to an address.
   *
   * @param tls on which terms
   * @param name the host that is asked for
   */
  LinkPool secure(KernelTarget target, UpstreamTls tls, String name, boolean http2) {
    return pool(target, tls, name, http2);
  }

  private LinkPool pool(KernelTarget target, UpstreamTls tls, String name, boolean http2) {
    LinkPool pool = pools.get(asked.fill(target.poolKey(), tls, name, http2));
    if (pool == null) {
      Dialer dialer = new Dialer(client, target.socketAddress(), Optional.ofNullable(tls), name, http2);
      pool = http2 ? new StreamPool(dialer, limits) : new ConnectionPool(dialer, limits, names, flushes);
      pools.put(asked.copy(), pool);
    }
    return pool;
  }

  private void tick() {
    if (++ticks % EVICT_EVERY_TICKS == 0) {
      long now = Steady.millis();
      pools.values().forEach(pool -> pool.evict(now));
      pools.values().removeIf(LinkPool::unused);
    }
  }
}
