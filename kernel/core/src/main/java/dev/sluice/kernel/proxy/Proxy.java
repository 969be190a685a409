package dev.sluice.kernel.proxy;

import dev.sluice.api.request.Origin;
import dev.sluice.kernel.pipeline.Exchange;
import dev.sluice.kernel.pipeline.Forwarder;
import dev.sluice.kernel.pipeline.Loop;
import dev.sluice.kernel.pipeline.Responses;
import dev.sluice.kernel.upstream.Origins;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import io.vertx.core.Future;
import java.util.Optional;

/** The proxy engine of one event loop. */
public final class Proxy implements Forwarder {

  private final LoopPools pools;
  private final Origins origins;

  /**
   * Makes the engine; on its event loop.
   *
   * @param origins the servers that filters choose
   */
  public Proxy(Loop loop, Origins origins) {
    this.pools = new LoopPools(loop);
    this.origins = origins;
  }

  @Override
  public void forward(Exchange exchange) {
    Origin origin = exchange.outbound().origin();
    if (origin != null) {
      elsewhere(exchange, origin);
      return;
    }
    String protocol = exchange.plan().service().orElseThrow().protocol();
    Optional<UpstreamRuntime> upstream = exchange.plan().upstream();
    if (upstream.isEmpty() || protocol.startsWith("t") || protocol.equals("udp")) {
      Responses.gatewayError(exchange, 503, "no Service found with those values");
      return;
    }
    new ProxyCall(exchange, upstream.get(), pools).start();
  }

  private void elsewhere(Exchange exchange, Origin origin) {
    Future<UpstreamRuntime> found = origins.find(origin, exchange.snapshot().registry().resolver());
    if (found.succeeded()) {
      new ProxyCall(exchange, found.result(), pools).start();
      return;
    }
    found.onSuccess(
        upstream ->
            exchange
                .loop()
                .run(
                    () -> {
                      if (!Responses.ended(exchange)) {
                        new ProxyCall(exchange, upstream, pools).start();
                      }
                    }));
  }
}
