package dev.sluice.kernel.proxy;

import dev.sluice.kernel.pipeline.Loop;
import dev.sluice.kernel.pipeline.NodeSettings;
import dev.sluice.kernel.upstream.KernelTarget;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pools of one event loop. */
final class LoopPools {

  private static final int EVICT_EVERY_TICKS = 10;

  private final NodeSettings.Pool limits;
  private final NetClient plain;
  private final NetClient tls;
  private final NetClient verified;
  private final NetClient tlsHttp2;
  private final Map<String, LinkPool> pools = new HashMap<>();
  private int ticks;

  LoopPools(Loop loop) {
    this.limits = loop.settings().pool();
    // The deadline of each attempt is the kernel's own; this one only has to be longer than any of them.
    NetClientOptions options = new NetClientOptions().setTcpNoDelay(true).setConnectTimeout(Integer.MAX_VALUE);
    this.plain = loop.vertx().createNetClient(options);
    NetClientOptions secure =
        new NetClientOptions(options).setSsl(true).setTrustAll(true).setHostnameVerificationAlgorithm("");
    this.tls = loop.vertx().createNetClient(secure);
    this.tlsHttp2 =
        loop.vertx()
            .createNetClient(
                new NetClientOptions(secure).setUseAlpn(true).setApplicationLayerProtocols(List.of("h2")));
    this.verified =
        loop.vertx()
            .createNetClient(new NetClientOptions(options).setSsl(true).setHostnameVerificationAlgorithm("HTTPS"));
    loop.onTick(this::tick);
  }

  /** The connections without TLS to an address. */
  LinkPool plain(KernelTarget target) {
    LinkPool pool = pools.get(target.poolKey());
    return pool == null ? keep(target.poolKey(), plain, target, "") : pool;
  }

  /**
   * The connections with TLS to an address.
   *
   * @param verify whether its certificate must be a trusted one
   */
  LinkPool secure(KernelTarget target, String serverName, boolean verify) {
    String key = target + (verify ? " verified " : " ") + serverName;
    LinkPool pool = pools.get(key);
    return pool == null ? keep(key, verify ? verified : tls, target, serverName) : pool;
  }

  /**
   * The connections of HTTP/2 to an address.
   *
   * @param secure whether over TLS
   */
  LinkPool streams(KernelTarget target, boolean secure, String serverName) {
    String key = target + (secure ? " h2 " : " h2c") + serverName;
    return pools.computeIfAbsent(
        key,
        fresh -> new StreamPool(secure ? tlsHttp2 : plain, target.socketAddress(), name(serverName), limits));
  }

  private LinkPool keep(String key, NetClient client, KernelTarget target, String serverName) {
    LinkPool pool = new ConnectionPool(client, target.socketAddress(), name(serverName), limits);
    pools.put(key, pool);
    return pool;
  }

  /** An address is no server name. */
  private static Optional<String> name(String serverName) {
    return serverName.isEmpty() ? Optional.empty() : Optional.of(serverName);
  }

  private void tick() {
    if (++ticks % EVICT_EVERY_TICKS == 0) {
      long now = System.currentTimeMillis();
      pools.values().forEach(pool -> pool.evict(now));
      pools.values().removeIf(LinkPool::unused);
    }
  }
}
