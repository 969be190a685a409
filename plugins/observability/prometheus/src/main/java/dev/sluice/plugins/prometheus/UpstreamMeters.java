package dev.sluice.plugins.prometheus;

import dev.sluice.api.upstream.Upstreams;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** What there is to tell of upstreams beyond Kong's names. For one thread. */
final class UpstreamMeters {

  private static final String UPSTREAM = "upstream";

  private final Rows addresses;
  private final Rows inFlight;
  private final Rows retries;
  private final Rows refused;

  UpstreamMeters(MeterRegistry registry) {
    List<String> label = List.of(UPSTREAM);
    addresses = Rows.gauges(registry, "sluice.upstream.addresses",
        "Addresses of targets by state; of those that are unresolved, the targets.", List.of(UPSTREAM, "state"));
    inFlight = Rows.gauges(registry, "sluice.upstream.requests.in.flight", "Requests under way to an upstream.", label);
    retries = Rows.counters(registry, "sluice.upstream.retries", "Attempts that followed another one.", label);
    refused = Rows.counters(registry, "sluice.upstream.retries.refused",
        "Attempts that the budget of retries did not let follow.", label);
  }

  /** Takes over how upstreams are now. */
  void show(List<Upstreams.NamedStatus> all) {
    for (Upstreams.NamedStatus each : all) {
      add(each.name(), each.status());
    }
    addresses.show();
    inFlight.show();
    retries.show();
    refused.show();
  }

  private void add(String name, Upstreams.UpstreamStatus status) {
    addresses.add(0, name, "healthy").add(0, name, "unhealthy").add(0, name, "unresolved");
    addresses.add(status.leaving().size(), name, "leaving");
    inFlight.add(status.leaving().stream().mapToInt(each -> each.address().inFlight()).sum(), name);
    for (Upstreams.TargetStatus target : status.targets()) {
      if (target.addresses().isEmpty()) {
        addresses.add(1, name, "unresolved");
      }
      for (Upstreams.AddressStatus address : target.addresses()) {
        addresses.add(1, name, address.healthy() ? "healthy" : "unhealthy");
        inFlight.add(address.inFlight(), name);
      }
    }
    retries.add((double) status.retries().made(), name);
    refused.add((double) status.retries().refused(), name);
  }
}
