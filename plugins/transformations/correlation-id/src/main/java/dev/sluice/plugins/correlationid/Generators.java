package dev.sluice.plugins.correlationid;

import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.RequestContext;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Ways to make ids. Ids need to be unique, not secret. Safe for all threads. */
final class Generators {

  private static final long MILLIS = 1000;

  private final Clock clock;
  private final String prefix = uuid() + "#";
  private final AtomicLong counter = new AtomicLong();
  private final long pid = ProcessHandle.current().pid();

  /** Makes an id. */
  @FunctionalInterface
  interface Generator {
    String next(RequestContext context);
  }

  Generators(Clock clock) {
    this.clock = clock;
  }

  Generator named(String name) {
    return switch (name) {
      case "uuid" -> context -> uuid();
      case "uuid#counter" -> context -> prefix + counter.incrementAndGet();
      case "tracker" -> this::tracker;
      default -> throw new IllegalArgumentException("there is no generator '" + name + "'");
    };
  }

  /** A random UUID, from a source that no two event loops have to wait for. */
  private static String uuid() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = random.nextLong() & ~0xF000L | 0x4000L;
    long low = random.nextLong() & ~(3L << 62) | 1L << 63;
    return new UUID(high, low).toString();
  }

  private String tracker(RequestContext context) {
    ClientRequest request = context.request();
    long now = clock.millis();
    String fraction = String.valueOf(MILLIS + now % MILLIS).substring(1);
    return request.localAddress() + '-' + request.localPort() + '-' + pid + '-' + request.connectionNumber() + '-'
        + request.requestNumber() + '-' + now / MILLIS + '.' + fraction;
  }
}
