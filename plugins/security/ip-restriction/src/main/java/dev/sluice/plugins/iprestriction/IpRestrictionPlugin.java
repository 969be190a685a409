package dev.sluice.plugins.iprestriction;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code ip-restriction}. */
@Extension
public final class IpRestrictionPlugin implements GatewayPlugin {

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new IpRestrictionFactory());
  }
}
