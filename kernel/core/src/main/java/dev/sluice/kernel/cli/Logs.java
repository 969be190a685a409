package dev.sluice.kernel.cli;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.sluice.kernel.boot.NodeConfig;
import dev.sluice.kernel.boot.NodeLog;
import org.slf4j.LoggerFactory;

/** Sets the log up by the node's settings: lines for people, or one JSON object a line; to a file, if asked. */
final class Logs {

  private static final String OURS = "sluice";
  private static final String STANDARD_ERROR = "/dev/stderr";

  private Logs() {}

  /** As the settings of a node say; a file is opened anew. */
  static void set(NodeConfig config) {
    String file = config.string("proxy_error_log").split("\\s+", -1)[0];
    set(config.string("log_level"), config.string("log_format"), config.prefix().resolve(file).normalize().toString());
  }

  /** To standard error. */
  static void set(String level, String format) {
    set(level, format, STANDARD_ERROR);
  }

  private static void set(String level, String format, String file) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    if (root.getAppender(OURS) == null) {
      context.reset();
    } else {
      // Only ours: plugins that read along go on reading.
      root.getAppender(OURS).stop();
      root.detachAppender(OURS);
    }
    OutputStreamAppender<ILoggingEvent> appender = appender(file);
    appender.setName(OURS);
    appender.setContext(context);
    appender.setEncoder(format.equals("json") ? json(context) : text(context));
    appender.start();
    if (!appender.isStarted()) {
      throw new CommandException("proxy_error_log: " + file + " cannot be opened");
    }
    root.addAppender(appender);
    NodeLog.LEVEL.set(level);
  }

  private static OutputStreamAppender<ILoggingEvent> appender(String file) {
    if (file.equals(STANDARD_ERROR) || file.equals("/dev/stdout")) {
      ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
      console.setTarget(file.equals(STANDARD_ERROR) ? "System.err" : "System.out");
      return console;
    }
    FileAppender<ILoggingEvent> appender = new FileAppender<>();
    appender.setFile(file);
    return appender;
  }

  private static Encoder<ILoggingEvent> text(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d{yyyy/MM/dd HH:mm:ss.SSS} [%level] %logger{0}: %msg%n%ex{full}");
    encoder.start();
    return encoder;
  }

  private static Encoder<ILoggingEvent> json(LoggerContext context) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithContext(false);
    encoder.setWithFormattedMessage(true);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.start();
    return encoder;
  }
}
