package dev.sluice.plugins.botdetection;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.filter.FilterFactory;
import java.util.List;
import org.pf4j.Extension;

/** Contributes the filter {@code bot-detection}. */
@Extension
public final class BotDetectionPlugin implements GatewayPlugin {

  @Override
  public List<FilterFactory<?>> filters() {
    return List.of(new BotDetectionFactory());
  }
}
