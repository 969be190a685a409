package dev.sluice.kernel.pipeline;

import dev.sluice.api.entity.Route;

/** Tells a client that asks by {@code Kong-Debug} which route and service its request took. */
final class DebugHeaders {

  private DebugHeaders() {}

  static void add(Exchange exchange, HeaderSink lines) {
    if (!exchange.serverRequest().headers().contains("Kong-Debug")) {
      return;
    }
    Route route = exchange.plan().route();
    lines.set("Kong-Route-Id", route.id());
    route.name().ifPresent(name -> lines.set("Kong-Route-Name", name));
    exchange
        .plan()
        .service()
        .ifPresent(
            service -> {
              lines.set("Kong-Service-Id", service.id());
              service.name().ifPresent(name -> lines.set("Kong-Service-Name", name));
            });
  }
}
