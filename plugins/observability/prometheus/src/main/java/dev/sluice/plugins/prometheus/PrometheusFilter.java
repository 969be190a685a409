package dev.sluice.plugins.prometheus;

import dev.sluice.api.deployment.Decision;
import dev.sluice.api.entity.Consumer;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.plugins.logging.Latencies;
import dev.sluice.plugins.logging.LogEntry;

/** Counts each request that matched a route. */
final class PrometheusFilter implements Filter.Log {

  private final PrometheusConfig config;
  private final Traffic traffic;

  PrometheusFilter(PrometheusConfig config, Traffic traffic) {
    this.config = config;
    this.traffic = traffic;
  }

  @Override
  public void log(RequestContext context) {
    context.match().ifPresent(match -> count(context, place(context, match.definition())));
  }

  private Traffic.Place place(RequestContext context, RouteDefinition matched) {
    return new Traffic.Place(
        matched.service().map(service -> service.name().orElse(service.host())).orElse(""),
        matched.route().name().orElse(matched.route().id()),
        LogEntry.workspaceName(context),
        config.perConsumer() ? context.consumer().flatMap(Consumer::username).orElse("") : "");
  }

  private void count(RequestContext context, Traffic.Place place) {
    for (Decision decision : context.decisions()) {
      traffic.decisions().count(place, decision, LogEntry.status(context));
    }
    if (config.statusCodes()) {
      traffic.request(place, LogEntry.status(context), context.response().fromUpstream());
    }
    if (config.bandwidth()) {
      traffic.bytes(place, "ingress", context.request().size());
      traffic.bytes(place, "egress", context.response().size());
    }
    if (config.latencies()) {
      Latencies latencies = Latencies.of(context);
      traffic.latencies(place, latencies.request(), latencies.kong(), latencies.proxy());
    }
  }
}
