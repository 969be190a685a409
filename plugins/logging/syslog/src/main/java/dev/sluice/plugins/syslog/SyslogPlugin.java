package dev.sluice.plugins.syslog;

import dev.sluice.plugins.logging.LogPlugin;
import java.nio.file.Path;
import org.pf4j.Extension;

/** Contributes the filter {@code syslog}. */
@Extension
public final class SyslogPlugin extends LogPlugin {

  /** Writes to the log of the machine. */
  public SyslogPlugin() {
    this(Path.of("/dev/log"));
  }

  SyslogPlugin(Path socket) {
    super((context, queues) -> new SyslogFactory(queues, context, socket));
  }
}
