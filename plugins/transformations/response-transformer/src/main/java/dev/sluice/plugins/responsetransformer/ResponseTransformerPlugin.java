package dev.sluice.plugins.responsetransformer;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code response-transformer}. */
@Extension
public final class ResponseTransformerPlugin implements GatewayPlugin {

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new TransformerFactory());
  }
}
