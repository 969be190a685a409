package dev.sluice.safety;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Errors that were logged: the gateway takes part in nothing that it calls an error of its own. */
final class ErrorLog {

  private final List<String> errors = new ArrayList<>();

  ErrorLog() {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
              add(event.getLoggerName() + ": " + event.getFormattedMessage());
            }
          }
        };
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.addAppender(appender);
  }

  private synchronized void add(String error) {
    errors.add(error);
  }

  /** How many of those logged since the last {@link #take} contain a text. */
  synchronized int count(String text) {
    return (int) errors.stream().filter(error -> error.contains(text)).count();
  }

  /** What has been logged since the last call. */
  synchronized List<String> take() {
    List<String> taken = List.copyOf(errors);
    errors.clear();
    return taken;
  }
}
