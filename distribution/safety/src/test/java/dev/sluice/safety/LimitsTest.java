package dev.sluice.safety;

import dev.sluice.testkit.RawOrigin;
import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
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

  /** The list of headers is bounded as it is unpacked, not as it is packed. */
  @Test
  void headerBombs() {
    int lines = Suite.times(20_000, 100_000);
    try (Trial trial = new Trial(rig, "LM-04", "4 KB of header that 16,000 bytes name 16,000 times; " + lines + " cookies over HTTP/2 and HTTP/1.1",
        "the stream or the connection ends; memory stays; another client is served").uncounted()) {
      long before = rig.memory();
      for (String bomb : List.of("index", "cookies")) {
        try (Http2Wire wire = new Http2Wire(rig.http2Port())) {
          byte[] start = Http2Wire.block(":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/x");
          wire.frame(Http2Wire.HEADERS, Http2Wire.END_STREAM, 1, start);
          if (bomb.equals("index")) {
            byte[] entry = Http2Wire.block("a", "b".repeat(3900));
            // Literal with incremental indexing; then the entry by its number, which is 62.
            entry[0] = 0x40;
            wire.frame(Http2Wire.CONTINUATION, 0, 1, entry);
            byte[] again = new byte[16_000];
            Arrays.fill(again, (byte) (0x80 | 62));
            wire.frame(Http2Wire.CONTINUATION, Http2Wire.END_HEADERS, 1, again);
          } else {
            byte[] cookies = Http2Wire.block("cookie: a=b ".repeat(1000).replace(": ", " ").strip().split(" "));
            for (int i = 0; i < lines / 1000; i++) {
              wire.frame(Http2Wire.CONTINUATION, i == lines / 1000 - 1 ? Http2Wire.END_HEADERS : 0, 1, cookies);
            }
          }
          String outcome = wire.outcome(1);
          trial.saw(bomb + " " + outcome, !outcome.startsWith("2") && !outcome.equals("silence"), bomb);
        }
        try (Wire other = rig.wire()) {
          String answer = other.send("GET /other HTTP/1.1\r\nHost: h\r\n\r\n").answer().toString();
          trial.saw("others " + answer, answer.equals("200"), bomb);
        }
      }
      try (Wire wire = rig.wire()) {
        wire.send("GET / HTTP/1.1\r\nHost: h\r\n" + "Cookie: a=b\r\n".repeat(lines) + "\r\n");
        int status = wire.answer().status();
        trial.saw("HTTP/1.1 " + status, status == 400 || status == 431 || status == Answer.CLOSED, "cookies");
      }
      long more = rig.memory() - before;
      trial.saw("memory stays", more < 32 << 20, (more >> 10) + " KB more");
    }
  }

  /** No part of the gateway unpacks what clients send: limits are those of the bytes that come, whatever they stand for. */
  @Test
  void packedBodies() throws IOException {
    byte[] zeros = new byte[32 << 20];
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(zeros);
    }
    ByteArrayOutputStream deflate = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflate)) {
      out.write(zeros);
    }
    byte[] fits = Arrays.copyOf(gzip.toByteArray(), Faulty.LIMIT);
    try (Trial trial = new Trial(rig, "LM-07", "32 MB packed into 64 KB by gzip and deflate, and named br and zstd; with and without a filter that reads bodies up to 64 KB",
        "the origin has the bytes that were sent; one byte above the limit is 413; memory stays")) {
      String read = rig.faulty("faulty", "read");
      long before = rig.memory();
      for (String coding : List.of("gzip", "deflate", "br", "zstd")) {
        byte[] body = coding.equals("deflate") ? Arrays.copyOf(deflate.toByteArray(), Faulty.LIMIT) : fits;
        for (String path : List.of("/", read)) {
          int from = rig.origin.parsed();
          int status = packed(trial, path, coding, body);
          boolean same = status == 200 && rig.origin.since(from).get(0).body().equals(new String(body, StandardCharsets.ISO_8859_1));
          trial.saw(coding + " " + status, same, path);
        }
        int status = packed(trial, read, coding, Arrays.copyOf(body, Faulty.LIMIT + 1));
        trial.saw("above " + status, status == 413, coding);
      }
      long more = rig.memory() - before;
      trial.saw("memory stays", more < 16 << 20, (more >> 10) + " KB more");
    }
  }

  private int packed(Trial trial, String path, String coding, byte[] body) {
    try (Wire wire = rig.wire()) {
      wire.send("POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Encoding: " + coding + "\r\nContent-Length: " + body.length + "\r\n\r\n");
      return trial.accepted(wire.send(body).answer()).status();
    }
  }

  /** The gateway passes frames as they come and counts none: their limits are those of the server, and reach the client. */
  @Test
  void webSocketFloods() {
    int pings = Suite.times(100_000, 5_000_000);
    try (Trial trial = new Trial(rig, "LM-06", "a WebSocket frame and a message above the server's limits; " + pings + " pings by a client that reads no pong",
        "1009 from the server reaches the client; the flood is held back, memory stays; others are served").uncounted();
        RawOrigin server = new RawOrigin(LimitsTest::speakFrames)) {
      String path = rig.pathTo(new JsonObject(), server.port());
      byte[] large = frame(0x82, 70_000);
      byte[] first = frame(0x02, 60_000);
      byte[] more = frame(0x00, 60_000);
      for (List<byte[]> sent : List.of(List.of(large), List.of(first, more, more))) {
        try (Wire wire = webSocket(path)) {
          sent.forEach(wire::send);
          String close = closeCode(wire);
          trial.saw(sent.size() + " frames: " + close, close.equals("1009"), "too large");
        }
      }
      long before = rig.memory();
      try (Wire wire = webSocket(path)) {
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int i = 0; i < 1000; i++) {
          many.writeBytes(frame(0x89, 100));
        }
        Thread flood = new Thread(() -> {
          for (int i = 0; i < pings / 1000; i++) {
            wire.send(many.toByteArray());
          }
        }, "pings");
        flood.start();
        for (int i = 0; i < 20; i++) {
          try (Wire other = rig.wire()) {
            String answer = other.send("GET /other HTTP/1.1\r\nHost: h\r\n\r\n").answer().toString();
            trial.saw("others " + answer, answer.equals("200"), "others");
          }
        }
        Waiting.within(1000, () -> !flood.isAlive());
        long grown = rig.memory() - before;
        trial.saw("memory stays", grown < 48 << 20, (grown >> 10) + " KB more");
      }
    }
  }

  /** A server that takes frames of 64 KB and messages of 128 KB, and answers pings. */
  private static boolean speakFrames(RawOrigin.Call call) throws IOException {
    call.send(String.join("\r\n", "HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade",
        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "", ""));
    DataInputStream in = new DataInputStream(new BufferedInputStream(call.socket().getInputStream()));
    long message = 0;
    while (true) {
      int opcode = in.readUnsignedByte() & 15;
      int length = in.readUnsignedByte() & 127;
      length = length == 126 ? in.readUnsignedShort() : length == 127 ? (int) in.readLong() : length;
      in.skipNBytes(4);
      message = opcode == 2 ? length : message + length;
      if (length > 65_536 || opcode < 8 && message > 131_072) {
        call.send("\u0088\u0002\u0003\u00f1");
        return call.readAll().isEmpty();
      }
      in.skipNBytes(length);
      if (opcode == 9) {
        call.send("\u008a\u0000");
      }
    }
  }

  private Wire webSocket(String path) {
    Wire wire = rig.wire();
    int status =
        wire.send(String.join("\r\n", "GET " + path + " HTTP/1.1", "Host: h", "Upgrade: websocket", "Connection: Upgrade",
                "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "", ""))
            .answer()
            .status();
    if (status != 101) {
      throw new AssertionError("no WebSocket: " + status);
    }
    return wire;
  }

  /** A frame as clients send it, masked with zeros. */
  private static byte[] frame(int opcode, int length) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(opcode);
    if (length < 126) {
      frame.write(0x80 | length);
    } else if (length < 65_536) {
      frame.writeBytes(new byte[] {(byte) (0x80 | 126), (byte) (length >> 8), (byte) length});
    } else {
      frame.writeBytes(new byte[] {(byte) (0x80 | 127), 0, 0, 0, 0, 0, (byte) (length >> 16), (byte) (length >> 8), (byte) length});
    }
    frame.writeBytes(new byte[4 + length]);
    return frame.toByteArray();
  }

  /** Reads frames up to the one that closes; what it says, or that there was none. */
  private static String closeCode(Wire wire) {
    try {
      while (true) {
        int opcode = wire.in().read() & 15;
        int length = wire.in().read();
        if (length < 0) {
          return "closed without a word";
        }
        if (length == 126) {
          length = wire.in().read() << 8 | wire.in().read();
        } else if (length == 127) {
          length = (int) new DataInputStream(wire.in()).readLong();
        }
        byte[] payload = wire.in().readNBytes(length);
        if (opcode == 8) {
          return String.valueOf((payload[0] & 255) << 8 | payload[1] & 255);
        }
      }
    } catch (IOException e) {
      return "broken off";
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
