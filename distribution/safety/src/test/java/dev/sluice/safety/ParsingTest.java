package dev.sluice.safety;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What could be understood in two ways is refused, and what is refused never reaches an upstream (cases PS). */
@ExtendWith(Rig.Shared.class)
class ParsingTest {

  private static final String REFUSED = "400 and close";
  private static final String NEXT = "GET /next HTTP/1.1\r\nHost: h\r\n\r\n";

  private final Rig rig;

  ParsingTest(Rig rig) {
    this.rig = rig;
  }

  private static String post(String lines, String body) {
    return "POST / HTTP/1.1\r\nHost: h\r\n" + lines + "\r\n" + body;
  }

  private static String get(String lines) {
    return "GET / HTTP/1.1\r\nHost: h\r\n" + lines + "\r\n";
  }

  private static String chunked(String body) {
    return post("Transfer-Encoding: chunked\r\n", body);
  }

  @Test
  void lengthAndCoding() {
    try (Trial trial = new Trial(rig, "PS-01", "Content-Length and Transfer-Encoding, both orders", REFUSED)) {
      trial.refused(post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + NEXT));
      trial.refused(post("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n", "0\r\n\r\n" + NEXT));
      trial.refused(post("transfer-encoding: Chunked\r\ncontent-length: 5\r\n", "0\r\n\r\n" + NEXT));
    }
  }

  @Test
  void oddLengths() {
    try (Trial trial = new Trial(rig, "PS-02", "two lengths, and lengths that are no numbers", REFUSED)) {
      for (String lengths :
          List.of("5|6", "5|5", "5, 5", "5,6", "+5", "-1", "0x5", "1_0", "", "99999999999999999999", "5 5", "5;", "٥", "5\u000b")) {
        StringBuilder lines = new StringBuilder();
        for (String length : lengths.split("\\|", -1)) {
          lines.append("Content-Length: ").append(length).append("\r\n");
        }
        trial.refused(post(lines.toString(), "hello" + NEXT));
      }
    }
  }

  @Test
  void oddCodings() {
    try (Trial trial = new Trial(rig, "PS-03", "codings other than one 'chunked'", REFUSED)) {
      for (String value :
          List.of("xchunked", ",chunked", "chunked, identity", "identity", "\u000bchunked", "chunked\u000b", "\u00a0chunked",
              "chunked\u00a0", "gzip, chunked", "chunked, chunked", "\"chunked\"", "chunked;q=1", "")) {
        trial.refused(post("Transfer-Encoding: " + value + "\r\n", "0\r\n\r\n" + NEXT));
      }
      trial.refused(post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"));
      trial.refused(post("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"));
      trial.refused(post("Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n", "hello"));
      trial.refused(post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"));
      trial.refused(post("Transfer-Encoding\t: chunked\r\n", "0\r\n\r\n"));
      trial.refused(post("\tTransfer-Encoding: chunked\r\n", "0\r\n\r\n"));
    }
  }

  @Test
  void codingBeforeItsTime() {
    try (Trial trial = new Trial(rig, "PS-04", "Transfer-Encoding on HTTP/1.0", REFUSED)) {
      trial.refused("POST / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
      trial.refused("POST / HTTP/1.0\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    }
  }

  @Test
  void namesThatAreNearlyOthers() {
    try (Trial trial =
        new Trial(rig, "PS-05", "names one byte away from those that matter", "an ordinary header, or 400; never a length")) {
      for (String name :
          List.of("Host", "Connection", "Content-Type", "Content-Length", "Accept", "Transfer-Encoding")) {
        for (int i = 0; i < name.length(); i++) {
          for (char other : "X!-_. \t\0".toCharArray()) {
            nearly(trial, name.substring(0, i) + other + name.substring(i + 1), name);
          }
          nearly(trial, name.substring(0, i) + name.substring(i + 1), name);
        }
      }
    }
  }

  /** Two requests behind each other: were the length taken from the odd line, the second would be lost. */
  private void nearly(Trial trial, String odd, String name) {
    if (odd.equals(name)) {
      return;
    }
    String value = name.equals("Transfer-Encoding") ? "chunked" : "30";
    String first = "POST /first HTTP/1.1\r\nHost: h\r\n" + odd + ": " + value + "\r\nContent-Length: 0\r\n\r\n";
    if (name.equals("Content-Length")) {
      first = "GET /first HTTP/1.1\r\nHost: h\r\n" + odd + ": " + value + "\r\n\r\n";
    }
    try (Wire wire = rig.wire()) {
      wire.send(first + "GET /second HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
      List<Answer> answers = trial.accepted(wire.answers());
      List<Integer> statuses = answers.stream().map(Answer::status).toList();
      boolean both = statuses.equals(List.of(200, 200))
          && answers.get(0).body().matches("(POST|GET) /first.*")
          && answers.get(1).body().startsWith("GET /second");
      trial.saw(both ? "both" : statuses.toString(), both || statuses.equals(List.of(400)), odd);
    }
  }

  @Test
  void oddChunkSizes() {
    try (Trial trial = new Trial(rig, "PS-06", "chunk sizes that are no plain numbers", "400 or drop").uncounted()) {
      int before = rig.origin.parsed();
      for (String size :
          List.of("0x5", " 5", "5 ", "\t5", "5\t", "+5", "-0", "-5", "100000005", "", "00000000000000005", "5\0", "5,", "5 ;a")) {
        trial.refusedOrDropped(chunked(size + "\r\nhello\r\n0\r\n\r\n" + NEXT));
      }
      trial.saw(rig.origin.parsed() - before + " at the origin", rig.origin.parsed() == before, "all");
    }
  }

  @Test
  void oddChunks() {
    try (Trial trial =
        new Trial(rig, "PS-07", "bare LF, CR or quotes in chunk lines, more data than announced", "400 or drop").uncounted()) {
      int before = rig.origin.parsed();
      trial.refusedOrDropped(chunked("5\nhello\r\n0\r\n\r\n" + NEXT));
      trial.refusedOrDropped(chunked("5\r\nhello\n0\r\n\r\n" + NEXT));
      trial.refusedOrDropped(chunked("5;a\rX\r\nhello\r\n0\r\n\r\n" + NEXT));
      trial.refusedOrDropped(chunked("5;a=\"\n\"\r\nhello\r\n0\r\n\r\n" + NEXT));
      trial.refusedOrDropped(chunked("5;a\nb\r\nhello\r\n0\r\n\r\n" + NEXT));
      trial.refusedOrDropped(chunked("5\r\nhelloX\r\n0\r\n\r\n" + NEXT));
      trial.refusedOrDropped(chunked("5\r\nhello0\r\n\r\n" + NEXT));
      trial.refusedOrDropped(chunked("5\r\nhello\rX0\r\n\r\n" + NEXT));
      trial.refusedOrDropped(chunked("0\n\r\n" + NEXT));
      trial.refusedOrDropped(chunked("0\r\nA: b\n\r\n" + NEXT));
      trial.saw(rig.origin.parsed() - before + " at the origin", rig.origin.parsed() == before, "all");
    }
  }

  @Test
  void linesThatAreNone() {
    try (Trial trial = new Trial(rig, "PS-08", "lines without colon or name, folded, with space before the colon", REFUSED)) {
      trial.refused(get("A : b\r\n"));
      trial.refused(get("A\t: b\r\n"));
      trial.refused(get("A b\r\n"));
      trial.refused(get(": b\r\n"));
      trial.refused(get("A: b\r\n c\r\n"));
      trial.refused(get("A: b\r\n\tc\r\n"));
      trial.refused(get("A: b\r\n \r\nC: d\r\n"));
      trial.refused(post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n"));
      trial.refused("GET / HTTP/1.1\r\n A: b\r\nHost: h\r\n\r\n");
      trial.refused("GET / HTTP/1.1\r\n\tHost: h\r\n\r\n");
      try (Wire wire = rig.wire()) {
        // A fold that arrives later than the line that it belongs to.
        wire.send("GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n").send(" c\r\n\r\n");
        List<Answer> answers = trial.accepted(wire.answers());
        trial.saw(answers.toString(), answers.size() == 1 && answers.get(0).status() == 400, "a late fold");
      }
    }
  }

  @Test
  void controlBytes() {
    try (Trial trial = new Trial(rig, "PS-09", "each control byte in a name, a value, a target and a method", REFUSED)) {
      for (char c : IntStream.concat(IntStream.rangeClosed(0, 31), IntStream.of(127)).mapToObj(i -> (char) i)
          .map(String::valueOf).reduce("", String::concat).toCharArray()) {
        if (c != '\n') {
          trial.refused(get("A" + c + "b: c\r\n"));
          trial.refused("GET /a" + c + "b HTTP/1.1\r\nHost: h\r\n\r\n");
          trial.refused("G" + c + "ET / HTTP/1.1\r\nHost: h\r\n\r\n");
        }
        if (c != '\t' && c != '\n') {
          trial.refused(get("A: b" + c + "c\r\n"));
        }
      }
      trial.refused(get("A: b\nc: d\r\n"));
      trial.refused(get("A\nb: d\r\n"));
      trial.refused("GET /\u00e9 HTTP/1.1\r\nHo\u00e9st: h\r\nHost: h\r\n\r\n");
    }
  }

  @Test
  void oneHost() {
    try (Trial trial = new Trial(rig, "PS-10", "no Host, two, or one that is none", REFUSED)) {
      trial.refused("GET / HTTP/1.1\r\n\r\n");
      trial.refused(get("Host: h\r\n"));
      trial.refused(get("host: g\r\n"));
      for (String host : List.of("a/b", "a@b", "a,b", "a b", "a?b", "a#b", "a\\b", "a\u00e9", "h:80:80", "h:x", "[::1", "a\"b", "a<b",
          "a[b", "[::1]x", "h:-1")) {
        trial.refused("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      }
      for (String target : List.of("http://", "http:///a", "http://a@b/c", "http://a b/c", "://a/b", "a", "!", "http:/a", "h://a,b/",
          "http://a\\b/", "*", "http://a:b/", "a:80")) {
        trial.refused("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
      }
      for (String host : List.of("h", "h:80", "[::1]", "[::1]:80", "1.2.3.4:8000", "a-b_c.d", "H.")) {
        String answer = trial.exchange("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n").toString();
        trial.saw(answer, answer.equals("[200]"), host);
      }
    }
  }

  @Test
  void theAuthorityOfTheTargetWins() {
    try (Trial trial =
        new Trial(rig, "PS-10 absolute form", "absolute form with another Host", "its authority is matched and forwarded")) {
      int before = rig.origin.parsed();
      trial.exchange("GET http://Evil.example:81/a?b HTTP/1.1\r\nHost: other\r\nConnection: close\r\n\r\n");
      Message seen = rig.origin.since(before).get(0);
      trial.saw(seen.start(), seen.start().equals("GET /a?b HTTP/1.1"), "target");
      String host = seen.values("x-forwarded-host").toString();
      trial.saw(host, host.equals("[evil.example]"), "X-Forwarded-Host");
      trial.saw("no 'other'", !seen.lines().toString().contains("other"), seen.lines().toString());
    }
  }

  @Test
  void otherVersions() {
    try (Trial trial = new Trial(rig, "PS-11", "bare LF, HTTP/0.9, 1.2, 2.0, 3.0 and no HTTP", "400, 505 or drop")) {
      for (String bytes :
          List.of(
              NEXT.replace("\r", ""),
              "GET / HTTP/1.1\r\nHost: h\n\r\n",
              "GET /\r\n\r\n",
              "GET / HTTP/1.2\r\nHost: h\r\n\r\n",
              "GET / HTTP/2.0\r\nHost: h\r\n\r\n",
              "GET / HTTP/0.9\r\nHost: h\r\n\r\n",
              "GET / HTTP/3.0\r\nHost: h\r\n\r\n",
              "GET / HTTP/1.10\r\nHost: h\r\n\r\n",
              "GET / HTTP/01.1\r\nHost: h\r\n\r\n",
              "GET / HTTP/1.1 \r\nHost: h\r\n\r\n",
              "GET / HTTP/1.1x\r\nHost: h\r\n\r\n",
              "GET / http/1.1\r\nHost: h\r\n\r\n",
              "GET / HTTPS/1.1\r\nHost: h\r\n\r\n",
              "GET / junk HTTP/1.1\r\nHost: h\r\n\r\n",
              "GET  / HTTP/1.1\r\nHost: h\r\n\r\n",
              "GET / \u000bHTTP/1.1\r\nHost: h\r\n\r\n",
              " GET / HTTP/1.1\r\nHost: h\r\n\r\n",
              "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
              "\u0016\u0003\u0001\u0001\0\r\n\r\n")) {
        List<Answer> answers = trial.exchange(bytes);
        boolean passed = answers.isEmpty()
            || answers.size() == 1 && List.of(400, 505, 501).contains(answers.get(0).status());
        trial.saw(answers.toString(), passed, bytes);
      }
    }
  }

  @Test
  void namedHopHeaders() {
    try (Trial trial =
        new Trial(rig, "PS-12", "Connection naming Content-Length, Host, X-Auth and others", "framing and Host kept, the others gone")) {
      int before = rig.origin.parsed();
      String lines =
          "Connection: content-length, host, X-Auth , close, transfer-encoding, x-forwarded-for, x-real-ip, via\r\nX-Auth: secret\r\n"
              .concat("Keep-Alive: 5\r\nProxy-Connection: x\r\nContent-Length: 5\r\n");
      List<Answer> answers = trial.exchange(post(lines, "hello"));
      trial.saw(answers.toString(), answers.toString().equals("[200]"), "answer");
      Message seen = rig.origin.since(before).get(0);
      trial.saw("body " + seen.body(), seen.body().equals("hello"), "body");
      for (String gone : List.of("x-auth", "keep-alive", "proxy-connection")) {
        trial.saw("no " + gone, seen.values(gone).isEmpty(), seen.lines().toString());
      }
      for (String kept : List.of("host", "x-forwarded-for", "x-real-ip", "via", "x-forwarded-proto")) {
        trial.saw(kept, seen.values(kept).size() == 1, seen.lines().toString());
      }
    }
  }

  @Test
  void pipelines() {
    try (Trial trial = new Trial(rig, "PS-13", "100 requests at once; good, bad, good at once", "in order; close after the bad one")) {
      StringBuilder all = new StringBuilder();
      IntStream.range(0, 100).forEach(i -> all.append("GET /").append(i).append(" HTTP/1.1\r\nHost: h\r\n\r\n"));
      try (Wire wire = rig.wire()) {
        wire.send(all.toString());
        for (int i = 0; i < 100; i++) {
          Answer answer = trial.accepted(wire.answer());
          trial.saw("in order", answer.body().equals("GET /" + i + " HTTP/1.1"), answer.body());
        }
      }
      for (String bad : List.of("GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\nA : b\r\n\r\n", "BAD\r\n\r\n")) {
        List<Answer> answers = trial.exchange(NEXT + bad + NEXT);
        trial.saw(answers.toString(), answers.toString().equals("[200, 400]"), bad);
      }
    }
  }

  @Test
  void expectations() {
    try (Trial trial = new Trial(rig, "PS-15", "Expect: 100-continue, another expectation", "100 then the answer; 417")) {
      try (Wire wire = rig.wire()) {
        wire.send(post("Expect: 100-continue\r\nContent-Length: 5\r\nConnection: close\r\n", ""));
        Answer interim = wire.answer();
        trial.saw(interim.toString(), interim.status() == 100, "before the body");
        Answer last = trial.accepted(wire.send("hello").answer());
        trial.saw(last.toString(), last.status() == 200, "after the body");
      }
      trial.refused(post("Expect: 200-ok\r\nContent-Length: 5\r\n", "hello"), 417);
      trial.refused(post("Expect: 100-continue, x\r\nContent-Length: 5\r\n", "hello"), 417);
    }
  }

  @Test
  void upgrades() {
    try (Trial trial =
        new Trial(rig, "PS-16", "upgrade to h2c, WebSocket with a bad key, 200 to an upgrade", "no tunnel: the next request is one")) {
      for (String lines :
          List.of(
              "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n",
              "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: bad\r\n",
              "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                  .concat("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"),
              "Connection: Upgrade\r\nUpgrade: TLS/1.3\r\n")) {
        try (Wire wire = rig.wire()) {
          Answer first = trial.accepted(wire.send(get(lines)).answer());
          Answer second = trial.accepted(wire.send(NEXT).answer());
          boolean none = first.status() == 200 && second.status() == 200 && second.body().startsWith("GET /next")
              || first.status() == 400 && second.status() == Answer.CLOSED;
          trial.saw(first + ", " + second, none, lines);
        }
      }
    }
  }
}
