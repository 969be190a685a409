package dev.sluice.plugins.oauth2;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code oauth2}, the applications of consumers, their codes and tokens. */
@Extension
public final class OauthPlugin implements GatewayPlugin {

  private PluginContext context = new PluginContext() {};

  @Override
  public void start(PluginContext lent) {
    context = lent;
  }

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new OauthFactory(context));
  }

  @Override
  public List<EntityType<?>> entityTypes() {
    return List.of(OauthClient.TYPE, OauthCode.TYPE, OauthToken.TYPE);
  }
}
