package dev.sluice.plugins.mtlsauth;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code mtls-auth}, and which certificates are whose. */
@Extension
public final class MtlsAuthPlugin implements GatewayPlugin {

  private PluginContext context = new PluginContext() {};

  @Override
  public void start(PluginContext lent) {
    context = lent;
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new MtlsAuthFactory(context));
  }

  @Override
  public List<EntityType<?>> entityTypes() {
    return List.of(MtlsCredential.TYPE);
  }
}
