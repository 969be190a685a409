package dev.sluice.plugins.httplog;

import dev.sluice.plugins.logging.HttpSender;
import dev.sluice.plugins.logging.LogPlugin;
import org.pf4j.Extension;

/** Contributes the filter {@code http-log}. */
@Extension
public final class HttpLogPlugin extends LogPlugin {

  /** Made by PF4J. */
  public HttpLogPlugin() {
    super((context, queues) -> new HttpLogFactory(queues, new HttpSender(context)));
  }
}
