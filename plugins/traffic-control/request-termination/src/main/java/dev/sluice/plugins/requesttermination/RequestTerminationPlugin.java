package dev.sluice.plugins.requesttermination;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code request-termination}. */
@Extension
public final class RequestTerminationPlugin implements GatewayPlugin {

  private TerminationFactory factory;

  @Override
  public void start(PluginContext context) {
    factory = new TerminationFactory(new Echo(context));
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(factory);
  }
}
