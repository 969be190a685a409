package dev.sluice.safety;

import dev.sluice.testkit.RawOrigin;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever an upstream does: the client gets the truth, and nobody else notices (cases UF). */
@ExtendWith(Rig.Shared.class)
class UpstreamTest {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final JsonObject NO_RETRY = new JsonObject().put("retries", 0);

  private final Rig rig;

  UpstreamTest(Rig rig) {
    this.rig = rig;
  }

  private Trial trial(String id, String done, String expected) {
    return new Trial(rig, id, done, expected).uncounted();
  }

  private static RawOrigin saying(String answer) {
    return new RawOrigin(
        call -> {
          call.send(answer);
          return false;
        });
  }

  private static RawOrigin resetting() {
    return new RawOrigin(
        call -> {
          call.reset();
          return false;
        });
  }

  private static int closedPort() {
    try (RawOrigin origin = RawOrigin.saying(OK)) {
      return origin.port();
    }
  }

  private Answer get(String path) {
    try (Wire wire = rig.wire()) {
      return wire.send("GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").answer();
    }
  }

  private void gets(Trial trial, String path, String expected, String about) {
    String answer = get(path).toString();
    trial.saw(answer, answer.equals(expected), about);
  }

  private static void awaited(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void refused() {
    try (Trial trial = trial("UF-01", "a target that refuses, with and without another", "200 from the other; 502");
        RawOrigin good = RawOrigin.saying(OK)) {
      String path = rig.pathTo(new JsonObject(), closedPort(), good.port());
      for (int i = 0; i < 4; i++) {
        gets(trial, path, "200", "with another");
      }
      gets(trial, rig.pathTo(new JsonObject().put("retries", 1), closedPort(), closedPort()), "502", "without");
    }
  }

  @Test
  void resetBeforeAByte() {
    try (Trial trial = trial("UF-02", "a reset before the answer, GET and POST", "GET is sent again, POST is not");
        RawOrigin bad = resetting();
        RawOrigin good = RawOrigin.saying(OK)) {
      String path = rig.pathTo(new JsonObject(), bad.port(), good.port());
      for (int i = 0; i < 4; i++) {
        gets(trial, path, "200", "GET");
      }
      int posts = 0;
      for (int i = 0; i < 4; i++) {
        try (Wire wire = rig.wire()) {
          int status = wire.send("POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi").answer().status();
          posts += status == 502 ? 1 : 0;
        }
      }
      trial.saw(posts > 0 ? "POST 502" : "POST never failed", posts > 0, "POST");
      int twice = bad.heads().size() + good.heads().size();
      trial.saw("each POST once", bad.heads().stream().filter(head -> head.startsWith("POST")).count() == posts, twice + " requests");
    }
  }

  @Test
  void retriesStayOnTheirLoop() {
    try (Trial trial = trial("UF-02 loops", "60 requests to a target that resets and one that answers, on all event loops", "each answer on the event loop of its request");
        RawOrigin bad = resetting();
        RawOrigin good = RawOrigin.saying("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")) {
      String path = rig.pathTo(new JsonObject(), bad.port(), good.port());
      rig.gateway.plugin("thread-teller", new JsonObject(), rig.route(path));
      for (int i = 0; i < 60; i++) {
        Answer answer = get(path);
        trial.saw(answer + " " + answer.header("x-thread"), answer.header("x-thread").equals("same"), "request " + i);
      }
    }
  }

  @Test
  void truncatedBodies() {
    try (Trial trial = trial("UF-03", "the end within a body with a length, at three places", "cut off, never complete")) {
      for (String body : List.of("", "h", "hello wor")) {
        try (RawOrigin origin = saying("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n" + body)) {
          gets(trial, rig.pathTo(NO_RETRY, origin.port()), "200 cut off", body);
        }
      }
    }
  }

  @Test
  void truncatedChunks() {
    try (Trial trial = trial("UF-04", "the end within a chunked body, at five places", "cut off, no last chunk")) {
      for (String body : List.of("", "5\r\nhello\r\n", "5\r\nhel", "5\r\nhello\r\n0", "5\r\nhello\r\n0\r\n")) {
        try (RawOrigin origin = saying("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body)) {
          gets(trial, rig.pathTo(NO_RETRY, origin.port()), "200 cut off", body);
        }
      }
    }
  }

  @Test
  void truncatedForHttp2() {
    try (Trial trial = trial("UF-05", "the same for a client of HTTP/2", "RST_STREAM, and the next stream is served")) {
      for (String answer :
          List.of("Content-Length: 10\r\n\r\nhello", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")) {
        try (RawOrigin origin = saying("HTTP/1.1 200 OK\r\n" + answer);
            Http2Wire wire = new Http2Wire(rig.http2Port())) {
          String outcome = wire.get(1, rig.pathTo(NO_RETRY, origin.port())).outcome(1);
          String next = wire.get(3, "/next").outcome(3);
          trial.saw(outcome + ", then " + next, outcome.equals("200 reset") && next.equals("200"), answer);
        }
      }
    }
  }

  @Test
  void abortedUploads() {
    try (Trial trial = trial("UF-06", "uploads that clients break off, small and large", "the origin never has a whole one")) {
      for (String start : List.of("Content-Length: 200000\r\n\r\n" + "x".repeat(100_000),
          "Transfer-Encoding: chunked\r\n\r\n20000\r\n" + "x".repeat(0x20000) + "\r\n",
          "Content-Length: 20\r\n\r\nhalf", "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")) {
        AtomicReference<String> got = new AtomicReference<>("");
        AtomicBoolean over = new AtomicBoolean();
        try (RawOrigin origin =
                new RawOrigin(
                    call -> {
                      try {
                        got.set(call.head() + call.readAll());
                      } finally {
                        over.set(true);
                      }
                      return false;
                    });
            Wire wire = rig.wire()) {
          wire.send("POST " + rig.pathTo(NO_RETRY, origin.port()) + " HTTP/1.1\r\nHost: h\r\n" + start);
          boolean large = start.length() > 1000;
          boolean begun = Waiting.within(5000, () -> !origin.heads().isEmpty() || !large && rig.inFlight() == 1);
          wire.reset();
          boolean quiet = Waiting.within(5000, () -> rig.inFlight() == 0 && (!large || over.get()));
          boolean whole = got.get().endsWith("\r\n0\r\n\r\n") || got.get().length() > 200_000;
          trial.saw(whole ? "a whole body" : "no whole body", begun && quiet && !whole, start.substring(0, 20) + begun + quiet);
        }
      }
    }
  }

  @Test
  void abandonedDownloads() {
    try (Trial trial = trial("UF-07", "a download that the client breaks off", "the upstream's connection ends within a second")) {
      AtomicBoolean broken = new AtomicBoolean();
      try (RawOrigin origin =
              new RawOrigin(
                  call -> {
                    try {
                      call.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                      while (true) {
                        call.send("1000\r\n" + "x".repeat(0x1000) + "\r\n");
                      }
                    } catch (IOException gone) {
                      broken.set(true);
                      return false;
                    }
                  });
          Wire wire = rig.wire()) {
        wire.send("GET " + rig.pathTo(NO_RETRY, origin.port()) + " HTTP/1.1\r\nHost: h\r\n\r\n");
        boolean begun = Waiting.within(5000, () -> !origin.heads().isEmpty());
        wire.reset();
        long from = System.nanoTime();
        boolean ended = Waiting.within(5000, broken::get);
        trial.saw(ended ? "ended" : "goes on", begun && ended, (System.nanoTime() - from) / 1_000_000 + " ms");
      }
    }
  }

  @Test
  void garbage() {
    try (Trial trial = trial("UF-08", "answers that are none, or ambiguous", "502, and the connection is dropped")) {
      for (String answer : List.of(
          "garbage\r\n\r\n",
          "\u0016\u0003\u0001\0",
          "HTTP/1.1\r\n\r\n",
          "HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n",
          "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n",
          "ICY 200 OK\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 99 OK\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
          "HTTP/1.1 200 OK\r\nContent-Length: 2, 3\r\n\r\nok",
          "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nok",
          "HTTP/1.1 200 OK\r\nContent-Length: 0x2\r\n\r\nok",
          "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\nok",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "HTTP/1.1 200 OK\r\nX: a\rb\r\nContent-Length: 2\r\n\r\nok",
          "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 2\r\n\r\nok",
          "HTTP/1.1 200 OK\r\nX y: a\r\nContent-Length: 2\r\n\r\nok",
          "HTTP/1.1 200 OK\r\n: a\r\nContent-Length: 2\r\n\r\nok",
          "HTTP/1.1 200 OK\r\nno colon\r\nContent-Length: 2\r\n\r\nok",
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")) {
        try (RawOrigin origin = RawOrigin.saying(answer)) {
          String path = rig.pathTo(NO_RETRY, origin.port());
          gets(trial, path, "502", answer);
          gets(trial, path, "502", answer + " again");
          trial.saw("a connection each", origin.connections() == 2, answer + ": " + origin.connections());
        }
      }
    }
  }

  @Test
  void hangs() {
    try (Trial trial = trial("UF-09", "an upstream that never answers, or stops within its answer", "504; cut off")) {
      JsonObject service = new JsonObject().put("read_timeout", 300).put("write_timeout", 300).put("retries", 0);
      try (RawOrigin silent = new RawOrigin(call -> call.readAll().isEmpty());
          RawOrigin halting =
              new RawOrigin(
                  call -> {
                    call.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
                    return call.readAll().isEmpty();
                  })) {
        gets(trial, rig.pathTo(service, silent.port()), "504", "silent");
        gets(trial, rig.pathTo(service, halting.port()), "200 cut off", "halting");
      }
    }
  }

  @Test
  void shapes() {
    try (Trial trial = trial("UF-10", "103 first, 204 and 304 with a body, HEAD with a length, a body until the end", "relayed right")) {
      List.of(
              List.of("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK, "200", "ok"),
              List.of("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" + OK, "200", "ok"),
              List.of("HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\nevil", "204", ""),
              List.of("HTTP/1.1 304 Not Modified\r\nContent-Length: 4\r\n\r\nevil", "304", ""),
              List.of("HTTP/1.1 200 OK\r\n\r\nuntil the end", "200", "until the end"),
              List.of("HTTP/1.0 200 OK\r\n\r\nuntil the end", "200", "until the end"))
          .forEach(
              each -> {
                try (RawOrigin origin = saying(each.get(0))) {
                  Answer answer = get(rig.pathTo(NO_RETRY, origin.port()));
                  trial.saw(answer.toString(), answer.toString().equals(each.get(1)) && answer.body().equals(each.get(2)),
                      each.get(0) + answer.body());
                }
              });
      try (RawOrigin origin = RawOrigin.saying("HTTP/1.1 200 OK\r\nContent-Length: 77\r\n\r\n");
          Wire wire = rig.wire()) {
        String path = rig.pathTo(NO_RETRY, origin.port());
        for (int i = 0; i < 2; i++) {
          Answer answer = wire.send("HEAD " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").answer(true);
          trial.saw("HEAD " + answer, answer.header("content-length").equals("77"), answer.head());
        }
      }
    }
  }

  @Test
  void surplus() {
    try (Trial trial = trial("UF-11", "bytes after an answer, at once and later", "never in the next answer")) {
      String evil = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";
      try (RawOrigin atOnce = RawOrigin.saying(OK + evil);
          RawOrigin head = RawOrigin.saying("HTTP/1.1 304 Not Modified\r\n\r\n" + evil)) {
        for (RawOrigin origin : List.of(atOnce, head)) {
          String path = rig.pathTo(new JsonObject(), origin.port());
          for (int i = 0; i < 5; i++) {
            Answer answer = get(path);
            trial.saw(answer.toString(), !answer.body().contains("evil") && answer.status() != 502, answer.body());
          }
        }
      }
    }
  }

  @Test
  void surplusOnAnIdleConnection() {
    CountDownLatch idle = new CountDownLatch(1);
    AtomicBoolean closed = new AtomicBoolean();
    try (Trial trial = trial("UF-11 later", "bytes on a connection that waits for the next request", "it is closed, not used");
        RawOrigin origin =
            new RawOrigin(
                call -> {
                  call.send(OK);
                  if (call.number() == 1) {
                    awaited(idle);
                    call.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
                    closed.set(call.readAll().isEmpty());
                    return false;
                  }
                  return true;
                })) {
      String path = rig.pathTo(new JsonObject(), origin.port());
      gets(trial, path, "200", "first");
      idle.countDown();
      trial.saw("closed", Waiting.within(5000, closed::get), "the kept connection");
      Answer second = get(path);
      trial.saw(second.body(), second.body().equals("ok"), "second");
    }
  }

  @Test
  void closesWhatIsKept() {
    try (Trial trial = trial("UF-13", "200 requests to a server that closes behind each answer", "no failure");
        RawOrigin origin = saying(OK)) {
      String path = rig.pathTo(new JsonObject(), origin.port());
      try (Wire wire = rig.wire()) {
        for (int i = 0; i < 200; i++) {
          String answer = wire.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").answer().toString();
          trial.saw(answer, answer.equals("200"), "request " + i);
        }
      }
    }
  }

  @Test
  void earlyAnswers() {
    try (Trial trial = trial("UF-14", "413 from the upstream while the client still sends", "413 for the client");
        RawOrigin origin =
            new RawOrigin(
                call -> {
                  call.send("HTTP/1.1 413 Payload Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
                  call.read(1 << 20);
                  return false;
                })) {
      String path = rig.pathTo(NO_RETRY, origin.port());
      for (String framing : List.of("Content-Length: 3000000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n100000\r\n")) {
        try (Wire wire = rig.wire()) {
          wire.send("POST " + path + " HTTP/1.1\r\nHost: h\r\n" + framing + "x".repeat(100_000));
          String answer = wire.answer().toString();
          trial.saw(answer, answer.equals("413"), framing);
        }
      }
    }
  }
}
