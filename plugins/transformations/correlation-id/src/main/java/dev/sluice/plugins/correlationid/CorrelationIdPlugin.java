package dev.sluice.plugins.correlationid;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code correlation-id}. */
@Extension
public final class CorrelationIdPlugin implements GatewayPlugin {

  private CorrelationIdFactory factory;

  @Override
  public void start(PluginContext context) {
    factory = new CorrelationIdFactory(new Generators(context.clock()));
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(factory);
  }
}
