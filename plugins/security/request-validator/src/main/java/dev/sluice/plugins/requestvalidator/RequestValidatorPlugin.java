package dev.sluice.plugins.requestvalidator;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code request-validator}. */
@Extension
public final class RequestValidatorPlugin implements GatewayPlugin {

  private PluginContext context = new PluginContext() {};

  private final JacksonBuffers buffers = JacksonBuffers.track();

  @Override
  public void start(PluginContext lent) {
    context = lent;
  }

  @Override
  public void stop() {
    buffers.release();
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new RequestValidatorFactory(context));
  }
}
