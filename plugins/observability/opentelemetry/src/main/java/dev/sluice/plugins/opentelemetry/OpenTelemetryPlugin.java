package dev.sluice.plugins.opentelemetry;

import dev.sluice.plugins.logging.HttpSender;
import dev.sluice.plugins.logging.LogPlugin;
import org.pf4j.Extension;

/** Contributes the filter {@code opentelemetry}. */
@Extension
public final class OpenTelemetryPlugin extends LogPlugin {

  /** Made by PF4J. */
  public OpenTelemetryPlugin() {
    super((context, queues) -> {
      LogLines lines = new LogLines();
      context.onLog(lines::read);
      return new OpenTelemetryFactory(context.node(), queues, HttpSender.verifying(context), lines);
    });
  }
}
