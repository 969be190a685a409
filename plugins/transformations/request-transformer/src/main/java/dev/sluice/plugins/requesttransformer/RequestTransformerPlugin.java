package dev.sluice.plugins.requesttransformer;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code request-transformer}. */
@Extension
public final class RequestTransformerPlugin implements GatewayPlugin {

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new TransformerFactory());
  }
}
