package dev.sluice.safety;

import dev.sluice.testkit.RawOrigin;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who is slow is waited for so long and no longer, and holds up nobody else (cases SL). */
class SlowTest {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static Rig rig;

  @BeforeAll
  static void start() {
    rig = new Rig(Map.of("nginx_http_client_header_timeout", "1s", "nginx_http_client_body_timeout", "500ms",
        "nginx_http_keepalive_timeout", "2s", "nginx_http_client_max_body_size", "0", "nginx_http_send_timeout", "2s"));
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  private static String get(String path) {
    try (Wire wire = rig.wire()) {
      return wire.send("GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").answer().toString();
    }
  }

  @Test
  void slowHeads() {
    int sockets = Suite.times(100, 5_000);
    try (Trial trial = new Trial(rig, "SL-01", sockets + " sockets that send a header byte now and then, or nothing",
        "closed at the header deadline; others are served").uncounted()) {
      List<Wire> slow = new ArrayList<>();
      for (int i = 0; i < sockets; i++) {
        slow.add(new Wire(i % 4 == 0 ? rig.http2Port() : rig.port()).send(i % 3 == 0 ? "" : "GET / HTTP/1.1\r\nHo"));
      }
      long slowest = 0;
      for (int i = 0; i < 20; i++) {
        slow.forEach(wire -> wire.send("x"));
        long from = System.nanoTime();
        String answer = get("/other");
        slowest = Math.max(slowest, System.nanoTime() - from);
        trial.saw("others " + answer, answer.equals("200"), "others");
      }
      long end = System.nanoTime() + 8_000_000_000L;
      long open =
          slow.stream().filter(wire -> !wire.patience((int) Math.max(20, (end - System.nanoTime()) / 1_000_000)).closed()).count();
      trial.saw(open == 0 ? "all closed" : "some open", open == 0, open + " open");
      trial.saw("others within 2 s", slowest < 2_000_000_000L, slowest / 1_000_000 + " ms");
      slow.forEach(Wire::close);
    }
  }

  @Test
  void slowBodies() {
    try (Trial trial = new Trial(rig, "SL-02", "bodies that stop under way: small and large, with a length and in chunks",
        "408 and close; nothing whole upstream").uncounted()) {
      for (String start : List.of("Content-Length: 10\r\n\r\nhalf", "Content-Length: 10\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
          "Content-Length: 900000\r\n\r\n" + "x".repeat(100_000), "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n")) {
        try (Wire wire = rig.wire()) {
          wire.send("POST / HTTP/1.1\r\nHost: h\r\n" + start);
          Answer answer = wire.answer();
          answer = answer.status() == 100 ? wire.answer() : answer;
          boolean closed = wire.closed();
          trial.saw(answer + (closed ? " closed" : " open"), answer.status() == 408 && closed, start.substring(0, 20));
        }
      }
      try (Http2Wire wire = new Http2Wire(rig.http2Port())) {
        wire.headers(1, false, ":method", "POST", ":scheme", "http", ":authority", "h", ":path", "/").data(1, false, "half");
        String outcome = wire.outcome(1);
        trial.saw("h2 " + outcome, outcome.equals("408"), "HTTP/2");
      }
    }
  }

  @Test
  void whoDoesNotRead() throws IOException {
    AtomicLong sent = new AtomicLong();
    try (Trial trial = new Trial(rig, "SL-03 deaf", "clients that take nothing of a download or of a large answer of a plugin's, over HTTP/1.1 and of one stream of HTTP/2; one that takes much now and then",
        "cut off at the send timeout, the other streams go on; not cut off").uncounted();
        RawOrigin endless = DownloadTest.endless(sent);
        RawOrigin silent = new RawOrigin(call -> call.readAll().isEmpty())) {
      String download = rig.pathTo(new JsonObject(), endless.port());
      String waits = rig.pathTo(new JsonObject(), silent.port());
      String big = rig.faulty("faulty", "big");
      List<Wire> deaf = new ArrayList<>();
      List<Http2Wire> busy = new ArrayList<>();
      for (String path : List.of(download, big)) {
        deaf.add(new Wire(rig.port(), 8 << 10).send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n"));
        // The first stream waits, else the connection would be idle, and end for that.
        busy.add(new Http2Wire(rig.http2Port()).get(1, waits).get(3, path));
      }
      boolean came = Waiting.within(5_000, () -> rig.connections() == 4);
      for (Http2Wire wire : busy) {
        String outcome = wire.outcome(3);
        String other = wire.get(5, "/other").outcome(5);
        trial.saw("stream " + outcome + ", another " + other, outcome.equals("200 reset") && other.equals("200"), "connection " + busy.indexOf(wire));
        wire.close();
      }
      boolean cut = Waiting.within(15_000, () -> rig.connections() == 0 && rig.inFlight() == 0);
      trial.saw(cut ? "cut off" : "kept", came && cut, rig.connections() + " connections, came " + came);
      deaf.forEach(Wire::close);
      try (Wire slow = new Wire(rig.port(), 1 << 20).send("GET " + download + " HTTP/1.1\r\nHost: h\r\n\r\n")) {
        byte[] much = new byte[8 << 20];
        for (int i = 0; i < 3; i++) {
          boolean more = slow.in().readNBytes(much, 0, much.length) == much.length;
          trial.saw(more ? "goes on" : "cut off", more && rig.connections() == 1, "slow");
          LockSupport.parkNanos(900_000_000);
        }
      }
    }
  }

  @Test
  void slowAnswers() {
    try (Trial trial = new Trial(rig, "SL-04", "an upstream that sends a byte and then nothing; one that goes on slowly", "cut off at the deadline; whole").uncounted();
        RawOrigin halting =
            new RawOrigin(
                call -> {
                  call.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx");
                  return call.readAll().isEmpty();
                });
        RawOrigin slow =
            new RawOrigin(
                call -> {
                  call.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
                  for (int i = 0; i < 9; i++) {
                    LockSupport.parkNanos(100_000_000);
                    call.send("x");
                  }
                  return true;
                })) {
      JsonObject service = new JsonObject().put("read_timeout", 600).put("write_timeout", 600).put("retries", 0);
      String halted = get(rig.pathTo(service, halting.port()));
      trial.saw(halted, halted.equals("200 cut off"), "halting");
      String whole = get(rig.pathTo(service, slow.port()));
      trial.saw(whole, whole.equals("200"), "slow");
    }
  }

  @Test
  void nobodyAccepts() throws IOException {
    try (Trial trial = new Trial(rig, "SL-05", "a target whose queue of connections is full, with and without another", "200 from the other; 504").uncounted();
        RawOrigin good = RawOrigin.saying(OK);
        ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> filling = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Socket socket = new Socket();
        filling.add(socket);
        try {
          socket.connect(full.getLocalSocketAddress(), 100);
        } catch (SocketTimeoutException queueIsFull) {
          break;
        }
      }
      JsonObject service = new JsonObject().put("connect_timeout", 300);
      String path = rig.pathTo(service, full.getLocalPort(), good.port());
      for (int i = 0; i < 3; i++) {
        String answer = get(path);
        trial.saw(answer, answer.equals("200"), "with another");
      }
      String alone = get(rig.pathTo(service.copy().put("retries", 1), full.getLocalPort()));
      trial.saw(alone, alone.equals("504"), "without");
      for (Socket socket : filling) {
        socket.close();
      }
    }
  }

  @Test
  void nobodyReads() {
    AtomicBoolean over = new AtomicBoolean();
    try (Trial trial = new Trial(rig, "SL-06", "an upload without end to an upstream that reads nothing", "the client is held back").uncounted();
        RawOrigin deaf =
            new RawOrigin(
                call -> {
                  while (!over.get()) {
                    LockSupport.parkNanos(10_000_000);
                  }
                  return false;
                });
        Wire wire = rig.wire()) {
      String path = rig.pathTo(new JsonObject().put("write_timeout", 3_000).put("retries", 0), deaf.port());
      wire.send("POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000000\r\n\r\n");
      AtomicLong sent = new AtomicLong();
      byte[] part = new byte[1 << 16];
      Thread uploader =
          new Thread(
              () -> {
                while (!over.get() && sent.get() < 1_000_000_000) {
                  wire.send(part);
                  sent.addAndGet(part.length);
                }
              });
      uploader.start();
      long[] before = {-1};
      boolean held = Waiting.within(10_000, () -> {
        long now = sent.get();
        boolean same = now > 0 && now == before[0];
        before[0] = now;
        LockSupport.parkNanos(300_000_000);
        return same;
      });
      trial.saw(held ? "held back" : "not held back", held && sent.get() < 64_000_000, (sent.get() >> 20) + " MB");
      over.set(true);
      wire.reset();
      uploader.join(10_000);
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
