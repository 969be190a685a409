package dev.sluice.plugins.keyauth;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code key-auth} and the keys of consumers. */
@Extension
public final class KeyAuthPlugin implements GatewayPlugin {

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new KeyAuthFactory());
  }

  @Override
  public List<EntityType<?>> entityTypes() {
    return List.of(KeyCredential.TYPE);
  }
}
