package dev.sluice.safety;

import dev.sluice.testkit.RawOrigin;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who reads slowly costs little, however much there is to read (case SL-03). */
@ExtendWith(Rig.Shared.class)
class DownloadTest {

  private static final long BASE = 32L << 20;
  private static final long EACH = 256L << 10;

  /** What the sockets between two programs may hold. */
  private static final long IN_SOCKETS = 16L << 20;

  private final Rig rig;

  DownloadTest(Rig rig) {
    this.rig = rig;
  }

  /** An origin whose answers never end. */
  static RawOrigin endless(AtomicLong sent) {
    String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
    return new RawOrigin(
        call -> {
          call.socket().setSendBufferSize(1 << 16);
          call.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          while (true) {
            call.send(chunk);
            sent.addAndGet(chunk.length());
          }
        });
  }

  @Test
  void slowReaders() throws IOException {
    int clients = Suite.times(40, 500);
    AtomicLong sent = new AtomicLong();
    try (Trial trial = new Trial(rig, "SL-03", clients + " clients that read 1 KB ten times a second of a download without end",
        "all go on; the upstream is paused; memory within 32 MB and 256 KB each; others are served").uncounted();
        RawOrigin endless = endless(sent)) {
      String path = rig.pathTo(new JsonObject(), endless.port());
      long before = rig.memory();
      List<Wire> slow = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        slow.add(new Wire(rig.port(), 8 << 10).send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n"));
      }
      long most = 0;
      byte[] kilobyte = new byte[1024];
      for (int round = 0; round < Suite.times(10, 200); round++) {
        for (Wire wire : slow) {
          boolean came = wire.in().readNBytes(kilobyte, 0, kilobyte.length) == kilobyte.length;
          trial.saw(came ? "goes on" : "cut off", came, "round " + round);
        }
        if (round % 5 == 4) {
          most = Math.max(most, rig.memory() - before);
          try (Wire other = rig.wire()) {
            String answer = other.send("GET /other HTTP/1.1\r\nHost: h\r\n\r\n").answer().toString();
            trial.saw("others " + answer, answer.equals("200"), "others");
          }
        }
        LockSupport.parkNanos(100_000_000);
      }
      trial.saw("memory within bounds", most < BASE + clients * EACH, (most >> 10) + " KB more");
      long each = sent.get() / clients;
      trial.saw("the upstream is paused", each < IN_SOCKETS, (each >> 10) + " KB sent to each");
      slow.forEach(Wire::close);
    }
  }
}
