package dev.sluice.kernel.proxy;

import dev.sluice.api.request.Origin;
import dev.sluice.kernel.pipeline.Exchange;
import dev.sluice.kernel.pipeline.Forwarder;
import dev.sluice.kernel.pipeline.Loop;
import dev.sluice.kernel.pipeline.Responses;
import dev.sluice.kernel.snapshot.Destination;
import dev.sluice.kernel.trust.TlsBook;
import dev.sluice.kernel.upstream.AddressBook.Name;
import dev.sluice.kernel.upstream.Origins;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import io.vertx.core.Future;
import java.util.Optional;

/** The proxy engine of one event loop. */
public final class Proxy implements Forwarder {

  static final String NO_SERVICE = "no Service found with those values";

  private final Loop loop;
  private final LoopPools pools;
  private final Origins origins;
  private final TlsBook tls;

  /**
   * Makes the engine; on its event loop.
   *
   * @param origins the servers that filters choose
   * @param tls how they are met
   */
  public Proxy(Loop loop, Origins origins, TlsBook tls) {
    this.loop = loop;
    this.pools = new LoopPools(loop);
    this.origins = origins;
    this.tls = tls;
  }

  @Override
  public void forward(Exchange exchange) {
    Origin origin = exchange.outbound().origin();
    if (origin != null) {
      elsewhere(exchange, origin);
      return;
    }
    Destination destination = exchange.destination();
    Optional<UpstreamRuntime> upstream = destination.upstream(exchange.snapshot());
    if (streams(exchange)) {
      noService(exchange);
    } else if (upstream.isPresent()) {
      new ProxyCall(exchange, upstream.get(), pools, tls).start();
    } else if (destination.machine().isPresent()) {
      start(exchange, origins.find(destination.machine().get(), exchange.snapshot().registry().resolver()));
    } else {
      noService(exchange);
    }
  }

  /** Whether its service is one of connections, not of requests. */
  static boolean streams(Exchange exchange) {
    String protocol = exchange.plan().service().orElseThrow().protocol();
    return protocol.startsWith("t") || protocol.equals("udp");
  }

  private static void noService(Exchange exchange) {
    Responses.gatewayError(exchange, 503, NO_SERVICE);
  }

  private void elsewhere(Exchange exchange, Origin origin) {
    Name name = new Name(origin.host(), origin.port());
    Future<UpstreamRuntime> found = origins.find(name, exchange.snapshot().registry().resolver());
    if (origin.secure() && origin.verify() && !tls.ready()) {
      // Authorities are read once, and not on an event loop.
      Future<UpstreamRuntime> upstream = found;
      found = loop.vertx().executeBlocking(() -> tls.origin(true)).compose(ready -> upstream);
    }
    start(exchange, found);
  }

  private void start(Exchange exchange, Future<UpstreamRuntime> found) {
    if (found.succeeded()) {
      new ProxyCall(exchange, found.result(), pools, tls).start();
      return;
    }
    found.onSuccess(
        upstream ->
            exchange
                .loop()
                .run(
                    () -> {
                      if (!Responses.ended(exchange)) {
                        new ProxyCall(exchange, upstream, pools, tls).start();
                      }
                    }));
  }
}
