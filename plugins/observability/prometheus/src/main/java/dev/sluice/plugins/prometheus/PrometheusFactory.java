package dev.sluice.plugins.prometheus;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.schema.ConfigSchema;

/** Makes the filters; all count into the same figures. */
final class PrometheusFactory implements FilterFactory<PrometheusConfig> {

  private final Traffic traffic;
  private volatile boolean tellsHealth;

  PrometheusFactory(Traffic traffic) {
    this.traffic = traffic;
  }

  @Override
  public String name() {
    return "prometheus";
  }

  @Override
  public int priority() {
    return 13;
  }

  @Override
  public ConfigSchema<PrometheusConfig> schema() {
    return PrometheusConfig.SCHEMA;
  }

  /** Whether a configuration has asked for the health of targets. As in Kong, it is told from then on. */
  boolean tellsHealth() {
    return tellsHealth;
  }

  @Override
  public Filter create(PrometheusConfig config) {
    if (config.upstreamHealth()) {
      tellsHealth = true;
    }
    return new PrometheusFilter(config, traffic);
  }
}
