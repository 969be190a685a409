package dev.sluice.plugins.opentelemetry;

import dev.sluice.api.LogLine;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The latest lines of the node's log, from the first request on of a configuration that wants them. They wait for the
 * next request of such a configuration to take them along. Safe for all threads, without locks.
 */
final class LogLines {

  private static final int MOST_LINES = 2000;
  private static final int MOST_REQUESTS = 10_000;
  private static final String REQUEST = "request ";
  private static final int ID = 32;

  private final Queue<WrittenLine> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final Map<String, RequestTrace> requests = new ConcurrentHashMap<>();
  private volatile boolean wanted;

  /** A request has begun whose lines are to bear its trace. */
  void begun(String request, RequestTrace trace) {
    if (!wanted) {
      wanted = true;
    }
    if (requests.size() < MOST_REQUESTS) {
      requests.put(request, trace);
    }
  }

  /** That request has ended. */
  void ended(String request) {
    requests.remove(request);
  }

  /** Takes a line; on whichever thread logs. */
  void read(LogLine line) {
    if (!wanted) {
      return;
    }
    String request = requestOf(line.message());
    waiting.add(LogRecords.of(line, request, request.isEmpty() ? null : requests.get(request)));
    if (count.incrementAndGet() > MOST_LINES && waiting.poll() != null) {
      count.decrementAndGet();
    }
  }

  /** The id of the request that a line is about, with which the kernel begins it; empty when there is none. */
  private static String requestOf(String message) {
    int end = REQUEST.length() + ID;
    boolean named = message.length() > end && message.startsWith(REQUEST) && message.charAt(end) == ':';
    return named ? message.substring(REQUEST.length(), end) : "";
  }

  /** Hands over what waits. */
  void drain(Consumer<WrittenLine> to) {
    for (WrittenLine line = waiting.poll(); line != null; line = waiting.poll()) {
      count.decrementAndGet();
      to.accept(line);
    }
  }
}
