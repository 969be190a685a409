package dev.sluice.kernel.boot;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.sluice.api.LogLevel;
import dev.sluice.api.LogLine;
import dev.sluice.api.Registration;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** The log, of which a process has one: its level, and who reads along. */
public final class NodeLog implements LogLevel {

  /** The one there is. */
  public static final NodeLog LEVEL = new NodeLog();

  private volatile String current = "notice";

  private NodeLog() {}

  @Override
  public String get() {
    return current;
  }

  @Override
  public void set(String level) {
    Level ours =
        switch (level) {
          case "debug" -> Level.DEBUG;
          case "info", "notice" -> Level.INFO;
          case "warn" -> Level.WARN;
          case "error", "crit", "alert", "emerg" -> Level.ERROR;
          default -> throw new IllegalArgumentException("unknown log level: " + level);
        };
    boolean debug = ours == Level.DEBUG;
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(debug ? Level.INFO : Level.WARN);
    context.getLogger("dev.sluice").setLevel(ours);
    context.getLogger("org.pf4j").setLevel(debug ? Level.INFO : Level.ERROR);
    current = level;
  }

  /** Shows each line to a reader, until the registration is closed. */
  Registration on(Consumer<LogLine> reader) {
    Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    LogReader appender = new LogReader(reader);
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.addAppender(appender);
    return () -> {
      root.detachAppender(appender);
      appender.stop();
    };
  }
}
