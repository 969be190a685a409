package dev.sluice.safety;

import dev.sluice.testkit.RawOrigin;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What is too much is said so at once, and does not slow down what is not (cases OV). */
class OverloadTest {

  private static final int MOST = 64;
  private static final long TAKES_NANOS = 50_000_000;
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static Rig rig;

  @BeforeAll
  static void start() {
    rig = new Rig(Map.of("event_loops", "1", "max_in_flight", String.valueOf(MOST)));
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @Test
  void turnsAwayWhatIsTooMuch() {
    CountDownLatch over = new CountDownLatch(1);
    try (Trial trial = new Trial(rig, "OV-01 bound", "as many requests as max_in_flight wait for their upstream, and 20 more come",
            "the others are 503 with Retry-After on connections that stay; those that wait are answered; then all is well").uncounted();
        RawOrigin slow =
            new RawOrigin(
                call -> {
                  try {
                    over.await();
                  } catch (InterruptedException e) {
                    throw new IOException(e);
                  }
                  call.send(OK);
                  return true;
                })) {
      String request = "GET " + rig.pathTo(new JsonObject(), slow.port()) + " HTTP/1.1\r\nHost: h\r\n\r\n";
      List<Wire> waiting = new ArrayList<>();
      for (int i = 0; i < MOST; i++) {
        waiting.add(rig.wire().send(request));
      }
      trial.saw("all wait", Waiting.within(10_000, () -> rig.inFlight() == MOST), rig.inFlight() + " in flight");
      try (Wire wire = rig.wire()) {
        for (int i = 0; i < 20; i++) {
          Answer answer = wire.send(i % 2 == 0 ? request : "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi").answer();
          trial.saw(answer + " " + answer.header("retry-after"), answer.status() == 503 && answer.header("retry-after").equals("1"), "too much");
        }
        over.countDown();
        waiting.forEach(each -> trial.saw("waited " + each.answer(), true, "waiting"));
        waiting.forEach(Wire::close);
        Waiting.within(5_000, () -> rig.inFlight() == 0);
        String later = wire.send(request).answer().toString();
        trial.saw("later " + later, later.equals("200"), "later");
      }
    }
  }

  /** What a number of clients have seen in a time: how many answers per second, how many refusals, the slowest of those. */
  private record Load(double good, int refused, int others, long slowestRefusalMillis) {}

  private static Load load(String path, int clients, int seconds) throws InterruptedException {
    AtomicInteger good = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    AtomicInteger others = new AtomicInteger();
    AtomicLong slowest = new AtomicLong();
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      Thread thread =
          new Thread(
              () -> {
                try (Wire wire = rig.wire()) {
                  while (System.nanoTime() < end) {
                    long from = System.nanoTime();
                    int status = wire.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").answer().status();
                    if (status == 200) {
                      good.incrementAndGet();
                    } else if (status == 503) {
                      refused.incrementAndGet();
                      slowest.accumulateAndGet((System.nanoTime() - from) / 1_000_000, Math::max);
                      LockSupport.parkNanos(TAKES_NANOS);
                    } else {
                      others.incrementAndGet();
                    }
                  }
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return new Load((double) good.get() / seconds, refused.get(), others.get(), slowest.get());
  }

  @Test
  @EnabledIfSystemProperty(named = "sluice.safety.full", matches = "true")
  void threeTimesAsMuch() throws InterruptedException {
    int seconds = Integer.getInteger("sluice.safety.overload", 20);
    try (Trial trial = new Trial(rig, "OV-01", seconds + " s of three times the clients that an upstream of limited speed can serve",
            "goodput at least 80 % of the best, the excess is 503 within 500 ms, memory stays, well again at once").uncounted();
        RawOrigin origin =
            new RawOrigin(
                call -> {
                  LockSupport.parkNanos(TAKES_NANOS);
                  call.send(OK);
                  return true;
                })) {
      String path = rig.pathTo(new JsonObject(), origin.port());
      load(path, MOST, 2);
      Load best = load(path, MOST, 5);
      long before = rig.memory();
      Load over = load(path, 3 * MOST, seconds);
      long more = rig.memory() - before;
      Load after = load(path, MOST, 3);
      String share = String.format(Locale.ROOT, "%.0f of %.0f per second", over.good(), best.good());
      trial.saw("goodput " + share, over.good() >= 0.8 * best.good() && over.others() == 0, over.toString());
      trial.saw(over.refused() + " refused, the slowest in " + over.slowestRefusalMillis() + " ms",
          over.refused() > 0 && over.slowestRefusalMillis() < 500, over.toString());
      trial.saw((more >> 20) + " MB more", more < 32 << 20, "memory");
      trial.saw("well again", after.refused() == 0 && after.good() >= 0.8 * best.good(), after.toString());
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "sluice.safety.full", matches = "true")
  void idleConnections() throws IOException {
    int connections = Integer.getInteger("sluice.safety.idle", 5_000);
    try (Trial trial = new Trial(rig, "OV-03", connections + " connections that have asked once and stay idle", "MB per connection; others are served").uncounted()) {
      long before = rig.memory();
      List<SocketChannel> idle = new ArrayList<>();
      java.nio.ByteBuffer answer = java.nio.ByteBuffer.allocate(4096);
      for (int i = 0; i < connections; i++) {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), rig.port()));
        channel.write(java.nio.ByteBuffer.wrap("GET /x HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        channel.read(answer.clear());
        idle.add(channel);
      }
      boolean open = rig.connections() == connections;
      double megabytes = (rig.memory() - before) / 1048576.0 / connections;
      trial.saw(String.format(Locale.ROOT, "%.4f MB per connection, both ends", megabytes), open && megabytes < 0.1, rig.connections() + " open");
      try (Wire wire = rig.wire()) {
        String other = wire.send("GET /other HTTP/1.1\r\nHost: h\r\n\r\n").answer().toString();
        trial.saw("others " + other, other.equals("200"), "others");
      }
      for (SocketChannel channel : idle) {
        channel.close();
      }
    }
  }
}
