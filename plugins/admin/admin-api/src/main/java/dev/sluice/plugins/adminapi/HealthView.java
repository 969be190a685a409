package dev.sluice.plugins.adminapi;

import dev.sluice.api.upstream.Upstreams.AddressStatus;
import dev.sluice.api.upstream.Upstreams.LeavingStatus;
import dev.sluice.api.upstream.Upstreams.RetryStatus;
import dev.sluice.api.upstream.Upstreams.TargetStatus;
import dev.sluice.api.upstream.Upstreams.UpstreamStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** What is told of the health of an upstream. */
final class HealthView {

  private static final String HEALTHY = "HEALTHY";
  private static final String UNHEALTHY = "UNHEALTHY";
  private static final String OFF = "HEALTHCHECKS_OFF";
  private static final String HEALTH = "health";

  private HealthView() {}

  /** Adds to a target what this node knows of it; nothing when no balancer runs here for it. */
  static void describe(JsonObject row, Optional<UpstreamStatus> status) {
    if (status.isEmpty()) {
      return;
    }
    boolean checked = status.get().checked();
    for (TargetStatus target : status.get().targets()) {
      if (target.targetId().equals(row.getString("id"))) {
        JsonArray addresses = new JsonArray();
        for (AddressStatus address : target.addresses()) {
          addresses.add(address(address).put(HEALTH, health(checked, address)));
        }
        row.put(HEALTH, health(checked, target)).put("data", host(target, addresses));
      }
    }
  }

  private static String health(boolean checked, AddressStatus address) {
    if (!checked || address.weight() == 0) {
      return OFF;
    }
    return address.healthy() ? HEALTHY : UNHEALTHY;
  }

  private static String health(boolean checked, TargetStatus target) {
    if (target.addresses().isEmpty()) {
      return "DNS_ERROR";
    }
    List<String> all = target.addresses().stream().map(address -> health(checked, address)).toList();
    if (all.contains(HEALTHY)) {
      return HEALTHY;
    }
    return all.contains(UNHEALTHY) ? UNHEALTHY : OFF;
  }

  /** The requests under way at each address, at those too that are gone from the configuration and not yet idle. */
  static JsonArray inFlight(UpstreamStatus status) {
    JsonArray all = new JsonArray();
    for (TargetStatus target : status.targets()) {
      String name = target.host() + ":" + target.port();
      target.addresses().forEach(address -> all.add(inFlight(name, address, address.weight() == 0)));
    }
    for (LeavingStatus leaving : status.leaving()) {
      all.add(inFlight(leaving.target(), leaving.address(), true));
    }
    return all;
  }

  /** How often requests have been tried again. */
  static JsonObject retries(Optional<UpstreamStatus> status) {
    RetryStatus retries = status.map(UpstreamStatus::retries).orElse(new RetryStatus(0, 0));
    return new JsonObject().put("made", retries.made()).put("refused", retries.refused());
  }

  private static JsonObject inFlight(String target, AddressStatus address, boolean draining) {
    return new JsonObject()
        .put("target", target)
        .put("ip", address.ip())
        .put("port", address.port())
        .put("requests", address.inFlight())
        .put("draining", draining);
  }

  /** The upstream as a whole. */
  static JsonObject balancer(String id, UpstreamStatus status, double threshold) {
    JsonArray hosts = new JsonArray();
    Weight sum = new Weight(0, 0);
    for (TargetStatus target : status.targets()) {
      JsonArray addresses = new JsonArray();
      target.addresses().forEach(each -> addresses.add(address(each).put("healthy", each.healthy())));
      hosts.add(host(target, addresses));
      sum = sum.plus(Weight.of(target));
    }
    boolean healthy = sum.total() > 0 && 100.0 * sum.available() / sum.total() > threshold;
    String health = healthy ? HEALTHY : UNHEALTHY;
    return new JsonObject()
        .put("id", id)
        .put(HEALTH, status.checked() ? health : OFF)
        .put("balancer_health", health)
        .put(
            "details",
            new JsonObject().put("healthy", healthy).put("weight", sum.toJson()).put("hosts", hosts));
  }

  private static JsonObject host(TargetStatus target, JsonArray addresses) {
    return new JsonObject()
        .put("host", target.host())
        .put("port", target.port())
        .put("dns", target.dns())
        .put("nodeWeight", target.weight())
        .put("weight", Weight.of(target).toJson())
        .put("addresses", addresses);
  }

  private static JsonObject address(AddressStatus address) {
    return new JsonObject().put("ip", address.ip()).put("port", address.port()).put("weight", address.weight());
  }

  private record Weight(long total, long available) {

    static Weight of(TargetStatus target) {
      Weight sum = new Weight(0, 0);
      for (AddressStatus address : target.addresses()) {
        sum = sum.plus(new Weight(address.weight(), address.healthy() ? address.weight() : 0));
      }
      return sum;
    }

    Weight plus(Weight other) {
      return new Weight(total + other.total, available + other.available);
    }

    JsonObject toJson() {
      return new JsonObject()
          .put("total", total)
          .put("available", available)
          .put("unavailable", total - available);
    }
  }
}
