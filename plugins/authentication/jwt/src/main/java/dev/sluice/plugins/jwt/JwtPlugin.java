package dev.sluice.plugins.jwt;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.filter.FilterFactory;
import java.time.Clock;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code jwt} and the keys that consumers sign with. */
@Extension
public final class JwtPlugin implements GatewayPlugin {

  private Clock clock = Clock.systemUTC();

  @Override
  public void start(PluginContext context) {
    clock = context.clock();
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new JwtFactory(clock));
  }

  @Override
  public List<EntityType<?>> entityTypes() {
    return List.of(JwtSecret.TYPE);
  }
}
