package dev.sluice.safety;

import dev.sluice.testkit.RawOrigin;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is too much is refused before it costs anything (cases LM). */
@ExtendWith(Rig.Shared.class)
class LimitsTest {

  private final Rig rig;

  LimitsTest(Rig rig) {
    this.rig = rig;
  }

  @Test
  void heads() {
    try (Trial trial = new Trial(rig, "LM-01", "9 KB of request line, 33 KB of headers, 1,001 lines, 32 KB and 1,000 lines",
        "414; 400, as Kong; 431; 200")) {
      trial.refused("GET /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: h\r\n\r\n", 414);
      trial.refused("GET / HTTP/1.1\r\nHost: h\r\nA: " + "x".repeat(33_000) + "\r\n\r\n", 400);
      trial.refused("GET / HTTP/1.1\r\nHost: h\r\n" + "A: b\r\n".repeat(1_000) + "\r\n", 431);
      for (String lines : List.of("A: b\r\n".repeat(998), "A: " + "x".repeat(31_000) + "\r\n")) {
        List<Answer> answers = trial.exchange("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + lines + "\r\n");
        trial.saw(answers.toString(), answers.toString().equals("[200]"), lines.length() + " bytes");
      }
      // Without an end: it is not waited for.
      trial.refused("GET / HTTP/1.1\r\nHost: h\r\nA: " + "x".repeat(64_000), 400);
      trial.refused("x".repeat(64_000), 414);
    }
  }

  @Test
  void bodies() {
    try (Trial trial = new Trial(rig, "LM-02", "bodies above the limit of 4 MB, with a length and in chunks",
        "413 before a byte; 413 at the limit, and the upstream's request is broken off").uncounted()) {
      trial.refused("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4194305\r\n\r\nx", 413);
      trial.refused("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9223372036854775807\r\n\r\nx", 413);
      AtomicBoolean whole = new AtomicBoolean();
      AtomicBoolean over = new AtomicBoolean();
      try (RawOrigin origin =
              new RawOrigin(
                  call -> {
                    whole.set(call.readAll().endsWith("\r\n0\r\n\r\n"));
                    over.set(true);
                    return false;
                  });
          Wire wire = rig.wire()) {
        String path = rig.pathTo(new JsonObject(), origin.port());
        wire.send("POST " + path + " HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        for (int i = 0; i < 65; i++) {
          wire.send(chunk);
        }
        Answer answer = wire.answer();
        // The answer may be lost to the reset that the rest of the body causes.
        trial.saw("413 or a reset", answer.status() == 413 || answer.status() == Answer.CLOSED, answer.toString());
        boolean ended = Waiting.within(5000, over::get);
        trial.saw(whole.get() ? "whole" : "broken off", ended && !whole.get(), "upstream");
      }
    }
  }

  @Test
  void upstreamHeads() {
    try (Trial trial = new Trial(rig, "LM-05", "an answer with 64 KB of headers, with 1,001 lines, with 1,000", "502; 502; 200").uncounted()) {
      String end = "Content-Length: 0\r\n\r\n";
      Map.of("A: " + "x".repeat(64_000) + "\r\n", "502", "A: b\r\n".repeat(1_001), "502", "A: b\r\n".repeat(999), "200")
          .forEach(
              (lines, expected) -> {
                try (RawOrigin origin = RawOrigin.saying("HTTP/1.1 200 OK\r\n" + lines + end);
                    Wire wire = rig.wire()) {
                  String path = rig.pathTo(new JsonObject().put("retries", 0), origin.port());
                  String answer = wire.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").answer().toString();
                  trial.saw(answer, answer.equals(expected), lines.length() + " bytes");
                }
              });
    }
  }

  /** Those that a client of HTTP/2 can keep a server busy with: it ends the connection, and others notice nothing. */
  @Test
  void floods() {
    int frames = Suite.times(1_000, 100_000);
    try (Trial trial = new Trial(rig, "LM-03", frames + " of RST_STREAM, PING, SETTINGS, empty DATA, CONTINUATION; streams that are reset by errors",
        "the connection ends or the frames cost nothing; another client is served").uncounted()) {
      flood(trial, "rapid reset", frames, (wire, i) -> wire.get(2 * i + 1, "/x").frame(Http2Wire.RST_STREAM, 0, 2 * i + 1, new byte[] {0, 0, 0, 8}));
      flood(trial, "made you reset", frames, (wire, i) -> wire.get(2 * i + 1, "/x").frame(Http2Wire.WINDOW_UPDATE, 0, 2 * i + 1, new byte[4]));
      flood(trial, "ping", frames, (wire, i) -> wire.frame(Http2Wire.PING, 0, 0, new byte[8]));
      flood(trial, "settings", frames, (wire, i) -> wire.frame(Http2Wire.SETTINGS, 0, 0, new byte[0]));
      flood(trial, "empty data", frames, (wire, i) -> {
        if (i == 0) {
          wire.headers(1, false, ":method", "POST", ":scheme", "http", ":authority", "h", ":path", "/x");
        }
        wire.frame(Http2Wire.DATA, 0, 1, new byte[0]);
      });
      flood(trial, "continuation", frames, (wire, i) -> {
        if (i == 0) {
          wire.frame(Http2Wire.HEADERS, 0, 1, Http2Wire.block(":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/x"));
        }
        wire.frame(Http2Wire.CONTINUATION, 0, 1, i % 2 == 0 ? new byte[0] : Http2Wire.block("a", "b"));
      });
      flood(trial, "big continuation", Math.min(frames, 300), (wire, i) -> {
        if (i == 0) {
          wire.frame(Http2Wire.HEADERS, 0, 1, Http2Wire.block(":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/x"));
        }
        wire.frame(Http2Wire.CONTINUATION, 0, 1, Http2Wire.block("a" + i, "b".repeat(8000)));
      });
    }
  }

  private interface Frames {
    void send(Http2Wire wire, int i);
  }

  private void flood(Trial trial, String name, int frames, Frames each) {
    long slowest = 0;
    String last;
    try (Http2Wire wire = new Http2Wire(rig.http2Port())) {
      wire.drain();
      for (int i = 0; i < frames; i++) {
        each.send(wire, i);
        if (i % 500 == 0) {
          long from = System.nanoTime();
          try (Wire other = rig.wire()) {
            String answer = other.send("GET /other HTTP/1.1\r\nHost: h\r\n\r\n").answer().toString();
            trial.saw("others " + answer, answer.equals("200"), name);
          }
          slowest = Math.max(slowest, System.nanoTime() - from);
        }
      }
      last = wire.drained() ? "ends" : "goes on";
    }
    trial.saw(name + " " + last, slowest < 2_000_000_000L, name + ", others waited " + slowest / 1_000_000 + " ms");
  }
}
