package dev.sluice.plugins.hmacauth;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.filter.FilterFactory;
import java.time.Clock;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code hmac-auth} and the secrets that consumers sign with. */
@Extension
public final class HmacAuthPlugin implements GatewayPlugin {

  private Clock clock = Clock.systemUTC();

  @Override
  public void start(PluginContext context) {
    clock = context.clock();
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new HmacAuthFactory(clock));
  }

  @Override
  public List<EntityType<?>> entityTypes() {
    return List.of(HmacCredential.TYPE);
  }
}
