package dev.sluice.plugins.prometheus;

import dev.sluice.api.upstream.Upstreams;
import java.util.List;
import java.util.stream.Stream;

/** Which addresses of targets are healthy. */
final class UpstreamHealth {

  private static final List<String> LABELS = List.of("upstream", "target", "address", "state", "subsystem");
  private static final List<String> STATES = List.of("healthchecks_off", "healthy", "unhealthy", "dns_error");

  private final Upstreams upstreams;

  UpstreamHealth(Upstreams upstreams) {
    this.upstreams = upstreams;
  }

  void write(Exposition to) {
    for (Upstreams.NamedStatus upstream : upstreams.all()) {
      for (Upstreams.TargetStatus target : upstream.status().targets()) {
        if (target.addresses().isEmpty()) {
          write(to, upstream.name(), target, "", "dns_error");
        }
        for (Upstreams.AddressStatus address : target.addresses()) {
          String state = !upstream.status().checked() ? "healthchecks_off" : address.healthy() ? "healthy" : "unhealthy";
          write(to, upstream.name(), target, address.ip() + ":" + address.port(), state);
        }
      }
    }
  }

  private static void write(
      Exposition to, String upstream, Upstreams.TargetStatus target, String address, String present) {
    Exposition.Family family = to.family(
        "upstream_target_health", "gauge", "1 for the state that an address of a target is in, 0 for the others.");
    for (String state : STATES) {
      family.line(
          LABELS,
          Stream.of(upstream, target.host() + ":" + target.port(), address, state, "http").toList(),
          state.equals(present) ? 1 : 0);
    }
  }
}
