package dev.sluice.plugins.acl;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code acl} and the groups of consumers. */
@Extension
public final class AclPlugin implements GatewayPlugin {

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new AclFactory());
  }

  @Override
  public List<EntityType<?>> entityTypes() {
    return List.of(ConsumerGroup.TYPE);
  }
}
