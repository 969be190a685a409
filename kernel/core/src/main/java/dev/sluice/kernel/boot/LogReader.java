package dev.sluice.kernel.boot;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import dev.sluice.api.LogLine;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Shows the lines of the log to a plugin. One that throws is not asked again for that line; logback notes why. */
final class LogReader extends UnsynchronizedAppenderBase<ILoggingEvent> {

  private final Consumer<LogLine> reader;

  LogReader(Consumer<LogLine> reader) {
    this.reader = reader;
  }

  @Override
  protected void append(ILoggingEvent event) {
    Optional<Throwable> thrown =
        event.getThrowableProxy() instanceof ThrowableProxy proxy
            ? Optional.ofNullable(proxy.getThrowable())
            : Optional.empty();
    reader.accept(
        new LogLine(
            Instant.ofEpochMilli(event.getTimeStamp()),
            org.slf4j.event.Level.intToLevel(Level.toLocationAwareLoggerInteger(event.getLevel())),
            event.getLoggerName(),
            event.getThreadName(),
            event.getFormattedMessage(),
            thrown));
  }
}
