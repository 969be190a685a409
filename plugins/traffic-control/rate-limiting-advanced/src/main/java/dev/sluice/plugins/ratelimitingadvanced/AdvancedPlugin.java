package dev.sluice.plugins.ratelimitingadvanced;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code rate-limiting-advanced}. */
@Extension
public final class AdvancedPlugin implements GatewayPlugin {

  private AdvancedFactory factory;

  @Override
  public void start(PluginContext context) {
    boolean database = !context.node().setting("database").orElse("").equals("off");
    factory = new AdvancedFactory(context, new Counting.Kinds(context), AdvancedConfig.schema(database));
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(factory);
  }
}
