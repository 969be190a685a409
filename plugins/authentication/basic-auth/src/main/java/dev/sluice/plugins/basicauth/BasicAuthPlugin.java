package dev.sluice.plugins.basicauth;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code basic-auth} and the names and passwords of consumers. */
@Extension
public final class BasicAuthPlugin implements GatewayPlugin {

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new BasicAuthFactory());
  }

  @Override
  public List<EntityType<?>> entityTypes() {
    return List.of(BasicCredential.TYPE);
  }
}
