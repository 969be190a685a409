package dev.sluice.plugins.redirect;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code redirect}. */
@Extension
public final class RedirectPlugin implements GatewayPlugin {

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new RedirectFactory());
  }
}
