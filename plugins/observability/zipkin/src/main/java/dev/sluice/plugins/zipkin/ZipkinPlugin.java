package dev.sluice.plugins.zipkin;

import dev.sluice.plugins.logging.HttpSender;
import dev.sluice.plugins.logging.LogPlugin;
import org.pf4j.Extension;

/** Contributes the filter {@code zipkin}. */
@Extension
public final class ZipkinPlugin extends LogPlugin {

  /** Made by PF4J. */
  public ZipkinPlugin() {
    super((context, queues) -> new ZipkinFactory(queues, HttpSender.verifying(context), context.node().nodeId()));
  }
}
