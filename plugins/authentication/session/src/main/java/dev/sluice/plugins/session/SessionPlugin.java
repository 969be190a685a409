package dev.sluice.plugins.session;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code session} and the sessions that the store keeps. */
@Extension
public final class SessionPlugin implements GatewayPlugin {

  private PluginContext context = new PluginContext() {};

  @Override
  public void start(PluginContext lent) {
    context = lent;
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new SessionFactory(context));
  }

  @Override
  public List<EntityType<?>> entityTypes() {
    return List.of(StoredSession.TYPE);
  }
}
