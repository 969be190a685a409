package dev.sluice.kernel.snapshot;

import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.filter.Filter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All configured filters by their scope, from which the plan of each route is put together. */
final class PluginIndex {

  private final Map<String, List<FilterInstance>> anywhere = new HashMap<>();
  private final Map<String, List<FilterInstance>> byRoute = new HashMap<>();
  private final Map<String, List<FilterInstance>> byService = new HashMap<>();
  private final boolean wantsCertificates;

  PluginIndex(Collection<FilterInstance> instances) {
    boolean wanting = false;
    for (FilterInstance instance : instances) {
      PluginConfig config = instance.config();
      if (!config.enabled()) {
        continue;
      }
      wanting |= instance.filter() instanceof Filter.ClientCertificates;
      if (config.routeId().isPresent()) {
        byRoute.computeIfAbsent(config.routeId().get(), id -> new ArrayList<>()).add(instance);
      } else if (config.serviceId().isPresent()) {
        byService.computeIfAbsent(config.serviceId().get(), id -> new ArrayList<>()).add(instance);
      } else {
        anywhere.computeIfAbsent(instance.workspace(), id -> new ArrayList<>()).add(instance);
      }
    }
    this.wantsCertificates = wanting;
  }

  /** Whether any of them wants certificates of clients. */
  boolean wantsCertificates() {
    return wantsCertificates;
  }

  /** The workspaces in which something is configured globally. */
  Set<String> workspaces() {
    return Collections.unmodifiableSet(anywhere.keySet());
  }

  /** What runs for requests of a workspace that no route matches. */
  ChainPlan plan(String workspace) {
    return plan(workspace, Optional.empty(), Optional.empty());
  }

  ChainPlan plan(String workspace, Optional<Route> route, Optional<Service> service) {
    Map<String, List<FilterInstance>> byName = new HashMap<>();
    collect(anywhere.getOrDefault(workspace, List.of()), service, byName);
    route.ifPresent(found -> collect(byRoute.getOrDefault(found.id(), List.of()), service, byName));
    service.ifPresent(found -> collect(byService.getOrDefault(found.id(), List.of()), service, byName));
    List<List<FilterInstance>> groups = new ArrayList<>(byName.values());
    groups.sort(
        Comparator.comparingInt((List<FilterInstance> group) -> group.get(0).priority())
            .thenComparing(group -> group.get(0).config().name())
            .reversed());
    return new ChainPlan(groups.stream().map(PluginIndex::slot).toList());
  }

  private static void collect(
      List<FilterInstance> instances, Optional<Service> service, Map<String, List<FilterInstance>> byName) {
    for (FilterInstance instance : instances) {
      Optional<String> wanted = instance.config().serviceId();
      if (wanted.isEmpty() || wanted.equals(service.map(Service::id))) {
        byName.computeIfAbsent(instance.config().name(), name -> new ArrayList<>()).add(instance);
      }
    }
  }

  private static ChainPlan.Slot slot(List<FilterInstance> candidates) {
    candidates.sort(Comparator.comparingInt(instance -> rank(instance.config())));
    FilterInstance base = null;
    Map<String, FilterInstance> byConsumer = new HashMap<>();
    for (FilterInstance candidate : candidates) {
      Optional<String> consumer = candidate.config().consumerId();
      if (consumer.isEmpty()) {
        base = base == null ? candidate : base;
      } else if (base == null || rank(candidate.config()) < rank(base.config())) {
        byConsumer.putIfAbsent(consumer.get(), candidate);
      }
    }
    return new ChainPlan.Slot(base, Map.copyOf(byConsumer));
  }

  /** Kong's order of precedence: the most specific first. */
  private static int rank(PluginConfig config) {
    boolean route = config.routeId().isPresent();
    boolean service = config.serviceId().isPresent();
    if (config.consumerId().isPresent()) {
      return route ? service ? 1 : 2 : service ? 3 : 5;
    }
    return route ? service ? 4 : 6 : service ? 7 : 8;
  }
}
