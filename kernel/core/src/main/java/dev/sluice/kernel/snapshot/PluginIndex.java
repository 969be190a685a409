package dev.sluice.kernel.snapshot;

import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.filter.Filter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All configured filters by their scope, from which the plan of each route is put together. */
final class PluginIndex {

  /** No filters. */
  static final PluginIndex NONE = new PluginIndex(LayeredMap.empty(), LayeredMap.empty(), LayeredMap.empty(), 0);

  private final LayeredMap<String, List<FilterInstance>> anywhere;
  private final LayeredMap<String, List<FilterInstance>> byRoute;
  private final LayeredMap<String, List<FilterInstance>> byService;
  private final int wantingCertificates;

  private PluginIndex(
      LayeredMap<String, List<FilterInstance>> anywhere,
      LayeredMap<String, List<FilterInstance>> byRoute,
      LayeredMap<String, List<FilterInstance>> byService,
      int wantingCertificates) {
    this.anywhere = anywhere;
    this.byRoute = byRoute;
    this.byService = byService;
    this.wantingCertificates = wantingCertificates;
  }

  static PluginIndex of(Collection<FilterInstance> instances) {
    Map<Scope, Map<String, List<FilterInstance>>> scopes = new EnumMap<>(Scope.class);
    for (Scope scope : Scope.values()) {
      scopes.put(scope, new HashMap<>());
    }
    int wanting = 0;
    for (FilterInstance instance : instances) {
      if (instance.config().enabled()) {
        Scope scope = Scope.of(instance);
        wanting += wanting(instance);
        scopes.get(scope).computeIfAbsent(scope.key(instance), key -> new ArrayList<>()).add(instance);
      }
    }
    return new PluginIndex(
        LayeredMap.of(scopes.get(Scope.ANYWHERE)),
        LayeredMap.of(scopes.get(Scope.ROUTE)),
        LayeredMap.of(scopes.get(Scope.SERVICE)),
        wanting);
  }

  private enum Scope {
    ANYWHERE,
    ROUTE,
    SERVICE;

    static Scope of(FilterInstance instance) {
      PluginConfig config = instance.config();
      return config.routeId().isPresent() ? ROUTE : config.serviceId().isPresent() ? SERVICE : ANYWHERE;
    }

    String key(FilterInstance instance) {
      return switch (this) {
        case ANYWHERE -> instance.workspace();
        case ROUTE -> instance.config().routeId().orElseThrow();
        case SERVICE -> instance.config().serviceId().orElseThrow();
      };
    }
  }

  /** This index when some filters have changed. */
  PluginIndex changed(Map<String, FilterInstance> before, Map<String, FilterInstance> after, Collection<String> ids) {
    Map<Scope, LayeredMap.Edit<String, List<FilterInstance>>> edits = new EnumMap<>(Scope.class);
    edits.put(Scope.ANYWHERE, anywhere.edit());
    edits.put(Scope.ROUTE, byRoute.edit());
    edits.put(Scope.SERVICE, byService.edit());
    int wanting = wantingCertificates;
    for (String id : ids) {
      Optional<FilterInstance> gone = Optional.ofNullable(before.get(id));
      Optional<FilterInstance> come = Optional.ofNullable(after.get(id));
      gone.ifPresent(instance -> change(edits, instance, false));
      come.ifPresent(instance -> change(edits, instance, true));
      wanting += come.map(PluginIndex::wanting).orElse(0) - gone.map(PluginIndex::wanting).orElse(0);
    }
    return new PluginIndex(
        edits.get(Scope.ANYWHERE).done(), edits.get(Scope.ROUTE).done(), edits.get(Scope.SERVICE).done(), wanting);
  }

  private static void change(
      Map<Scope, LayeredMap.Edit<String, List<FilterInstance>>> edits, FilterInstance instance, boolean comes) {
    if (!instance.config().enabled()) {
      return;
    }
    LayeredMap.Edit<String, List<FilterInstance>> edit = edits.get(Scope.of(instance));
    String key = Scope.of(instance).key(instance);
    List<FilterInstance> all = new ArrayList<>(Optional.ofNullable(edit.get(key)).orElse(List.of()));
    if (comes) {
      all.add(instance);
    } else {
      all.remove(instance);
    }
    if (all.isEmpty()) {
      edit.remove(key);
    } else {
      edit.put(key, all);
    }
  }

  private static int wanting(FilterInstance instance) {
    return instance.config().enabled() && instance.filter() instanceof Filter.ClientCertificates ? 1 : 0;
  }

  /** Whether any of them wants certificates of clients. */
  boolean wantsCertificates() {
    return wantingCertificates > 0;
  }

  /** The workspaces in which something is configured globally. */
  Set<String> workspaces() {
    return anywhere.keySet();
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
    if (byName.isEmpty()) {
      return ChainPlan.NOTHING;
    }
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
