package dev.sluice.kernel.proxy;

import dev.sluice.kernel.pipeline.Loop;
import dev.sluice.kernel.pipeline.NodeSettings;
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
  private final NetClient plain;
  private final NetClient tls;
  private final NetClient verified;
  private final Map<String, ConnectionPool> pools = new HashMap<>();
  private int ticks;

  LoopPools(Loop loop) {
    this.limits = loop.settings().pool();
    // The deadline of each attempt is the kernel's own; this one only has to be longer than any of them.
    NetClientOptions options = new NetClientOptions().setTcpNoDelay(true).setConnectTimeout(Integer.MAX_VALUE);
    this.plain = loop.vertx().createNetClient(options);
    this.tls =
        loop.vertx()
            .createNetClient(
                new NetClientOptions(options)
                    .setSsl(true)
                    .setTrustAll(true)
                    .setHostnameVerificationAlgorithm(""));
    this.verified =
        loop.vertx()
            .createNetClient(new NetClientOptions(options).setSsl(true).setHostnameVerificationAlgorithm("HTTPS"));
    loop.onTick(this::tick);
  }

  /** The connections without TLS to an address. */
  ConnectionPool plain(KernelTarget target) {
    ConnectionPool pool = pools.get(target.poolKey());
    return pool == null ? keep(target.poolKey(), plain, target, Optional.empty()) : pool;
  }

  /**
   * The connections with TLS to an address.
   *
   * @param verify whether its certificate must be a trusted one
   */
  ConnectionPool secure(KernelTarget target, String serverName, boolean verify) {
    String key = target + (verify ? " verified " : " ") + serverName;
    ConnectionPool pool = pools.get(key);
    return pool == null ? keep(key, verify ? verified : tls, target, Optional.of(serverName)) : pool;
  }

  private ConnectionPool keep(String key, NetClient client, KernelTarget target, Optional<String> serverName) {
    ConnectionPool pool = new ConnectionPool(client, target.socketAddress(), serverName, limits);
    pools.put(key, pool);
    return pool;
  }

  private void tick() {
    if (++ticks % EVICT_EVERY_TICKS == 0) {
      long now = System.currentTimeMillis();
      pools.values().forEach(pool -> pool.evict(now));
      pools.values().removeIf(ConnectionPool::unused);
    }
  }
}
