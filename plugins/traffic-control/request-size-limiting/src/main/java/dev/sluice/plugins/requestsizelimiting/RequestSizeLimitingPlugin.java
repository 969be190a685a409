package dev.sluice.plugins.requestsizelimiting;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code request-size-limiting}. */
@Extension
public final class RequestSizeLimitingPlugin implements GatewayPlugin {

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new RequestSizeLimitingFactory());
  }
}
