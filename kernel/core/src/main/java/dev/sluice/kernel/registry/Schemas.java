package dev.sluice.kernel.registry;

import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The schemas of filters by their names, each asked for when it is needed first: a node has more filters than its
 * configuration names, and what none of it names need not be built to serve it. Safe from any thread once filled.
 */
final class Schemas extends AbstractMap<String, ConfigSchema<?>> {

  private final Map<String, FilterFactory<?>> factories = new TreeMap<>();
  private final Map<String, ConfigSchema<?>> built = new ConcurrentHashMap<>();

  void add(FilterFactory<?> factory) {
    factories.put(factory.name(), factory);
  }

  @Override
  public boolean containsKey(Object name) {
    return factories.containsKey(name);
  }

  @Override
  public ConfigSchema<?> get(Object name) {
    FilterFactory<?> factory = factories.get(name);
    return factory == null ? null : built.computeIfAbsent(factory.name(), first -> factory.schema());
  }

  @Override
  public int size() {
    return factories.size();
  }

  @Override
  public Set<String> keySet() {
    return Set.copyOf(factories.keySet());
  }

  @Override
  public Set<Entry<String, ConfigSchema<?>>> entrySet() {
    return factories.keySet().stream()
        .<Entry<String, ConfigSchema<?>>>map(name -> Map.entry(name, get(name)))
        .collect(Collectors.toUnmodifiableSet());
  }
}
