package dev.sluice.kernel.proxy;

import dev.sluice.kernel.pipeline.Exchange;
import dev.sluice.kernel.pipeline.Forwarder;
import dev.sluice.kernel.pipeline.Loop;
import dev.sluice.kernel.pipeline.Responses;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import java.util.Optional;

/** The proxy engine of one event loop. */
public final class Proxy implements Forwarder {

  private final LoopPools pools;

  /** Makes the engine; on its event loop. */
  public Proxy(Loop loop) {
    this.pools = new LoopPools(loop);
  }

  @Override
  public void forward(Exchange exchange) {
    String protocol = exchange.plan().service().orElseThrow().protocol();
    Optional<UpstreamRuntime> upstream = exchange.plan().upstream();
    if (upstream.isEmpty() || protocol.startsWith("t") || protocol.equals("udp")) {
      Responses.gatewayError(exchange, 503, "no Service found with those values");
      return;
    }
    new ProxyCall(exchange, upstream.get(), pools).start();
  }
}
