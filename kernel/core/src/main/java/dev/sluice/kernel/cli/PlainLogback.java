package dev.sluice.kernel.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Logback without its search for files of its own: the log is set up by the node's settings ({@link Logs}), which would
 * throw away whatever was found.
 */
public final class PlainLogback implements SLF4JServiceProvider {

  private static final String PROVIDER = "slf4j.provider";
  private static final String TALK = "slf4j.internal.verbosity";

  private final LoggerContext context = new LoggerContext();
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final LogbackMDCAdapter contextMap = new LogbackMDCAdapter();

  /** Made by SLF4J. */
  public PlainLogback() {}

  /** Has SLF4J take this and look for no other; before the first logger is asked for. */
  static void use() {
    if (System.getProperty(PROVIDER) == null) {
      System.setProperty(PROVIDER, PlainLogback.class.getName());
      System.setProperty(TALK, "WARN");
    }
  }

  @Override
  public void initialize() {
    context.setName("default");
    context.setMDCAdapter(contextMap);
    context.start();
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return context;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return contextMap;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }
}
