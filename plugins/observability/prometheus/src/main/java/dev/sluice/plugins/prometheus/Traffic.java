package dev.sluice.plugins.prometheus;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of requests. Safe for all threads. */
final class Traffic {

  private static final long[] KONG = {1, 2, 5, 7, 10, 15, 20, 30, 50, 75, 100, 200, 500, 750, 1000, 3000, 6000};
  private static final long[] UPSTREAM =
      {25, 50, 80, 100, 250, 400, 700, 1000, 2000, 5000, 10_000, 30_000, 60_000};
  private static final int MOST_SERIES = 100_000;

  private static final List<String> OF_ROUTE = List.of("service", "route", "workspace");

  private final Decisions decisions = new Decisions();
  private final Limit limit = new Limit(MOST_SERIES);
  private final Series<LongAdder> requests = new Series<>(limit, LongAdder::new);
  private final Series<LongAdder> bandwidth = new Series<>(limit, LongAdder::new);
  private final Series<Histogram> kongLatency = new Series<>(limit, () -> new Histogram(KONG));
  private final Series<Histogram> upstreamLatency = new Series<>(limit, () -> new Histogram(UPSTREAM));
  private final Series<Histogram> requestLatency = new Series<>(limit, () -> new Histogram(UPSTREAM));

  /**
   * Where a request belongs.
   *
   * @param service its name, or its host; empty for none
   * @param route its name, or its id
   * @param workspace its name
   * @param consumer the name; empty when consumers are not told apart
   */
  record Place(String service, String route, String workspace, String consumer) {}

  void request(Place place, int status, boolean fromUpstream) {
    requests
        .of(List.of(
            place.service(), place.route(), Integer.toString(status), fromUpstream ? "service" : "kong",
            place.workspace(), place.consumer()))
        .ifPresent(LongAdder::increment);
  }

  void bytes(Place place, String direction, long bytes) {
    if (bytes > 0) {
      bandwidth
          .of(List.of(place.service(), place.route(), direction, place.workspace(), place.consumer()))
          .ifPresent(sum -> sum.add(bytes));
    }
  }

  void latencies(Place place, long request, long kong, long upstream) {
    List<String> labels = List.of(place.service(), place.route(), place.workspace());
    requestLatency.of(labels).ifPresent(times -> times.observe(request));
    kongLatency.of(labels).ifPresent(times -> times.observe(kong));
    if (upstream >= 0) {
      upstreamLatency.of(labels).ifPresent(times -> times.observe(upstream));
    }
  }

  /** What strategies of deployment have said of requests. */
  Decisions decisions() {
    return decisions;
  }

  void write(Exposition to) {
    to.counters(
        "http_requests_total", "Requests by status, service, route and consumer.",
        List.of("service", "route", "code", "source", "workspace", "consumer"), requests);
    to.counters(
        "bandwidth_bytes", "Bytes of requests (ingress) and of answers (egress).",
        List.of("service", "route", "direction", "workspace", "consumer"), bandwidth);
    to.histograms(
        "kong_latency_ms", "Milliseconds that requests spent in the gateway.", OF_ROUTE, kongLatency);
    to.histograms(
        "upstream_latency_ms", "Milliseconds for which upstreams were waited for.", OF_ROUTE, upstreamLatency);
    to.histograms("request_latency_ms", "Milliseconds that requests took.", OF_ROUTE, requestLatency);
    if (limit.used()) {
      to.family("nginx_metric_errors_total", "counter", "Values that were not counted, for want of room.")
          .line(List.of(), List.of(), limit.refused());
    }
  }
}
