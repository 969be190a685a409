package dev.sluice.safety;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What HTTP/2 can say and HTTP/1.1 cannot never reaches an upstream, and other streams live on (case PS-14). */
@ExtendWith(Rig.Shared.class)
class Http2Test {

  private final Rig rig;

  Http2Test(Rig rig) {
    this.rig = rig;
  }

  private static String[] lines(String... lines) {
    return lines;
  }

  private static String[] get(String... more) {
    String[] all = new String[8 + more.length];
    System.arraycopy(lines(":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/"), 0, all, 0, 8);
    System.arraycopy(more, 0, all, 8, more.length);
    return all;
  }

  private void refused(Trial trial, String... headers) {
    refused(trial, "", headers);
  }

  /** The stream is refused, and the one after it on the same connection is served. */
  private void refused(Trial trial, String body, String... headers) {
    try (Http2Wire wire = new Http2Wire(rig.http2Port())) {
      wire.headers(1, body.isEmpty(), headers);
      if (!body.isEmpty()) {
        wire.data(1, true, body);
      }
      String outcome = wire.outcome(1);
      String next = wire.get(3, "/next").outcome(3);
      trial.accepted(next.equals("200") ? 1 : 0);
      trial.saw(outcome + ", then " + next, List.of("400", "405", "417", "reset").contains(outcome) && next.equals("200"),
          String.join(" ", headers));
    }
  }

  @Test
  void whatOnlyHttp2CanSay() {
    try (Trial trial = new Trial(rig, "PS-14", "headers and pseudo-headers that HTTP/1.1 cannot say",
        "400 or stream error; the next stream is served")) {
      for (String odd : List.of("a\rb", "a\nb", "a\0b", "a\r\nb: c")) {
        refused(trial, get("x", odd));
        refused(trial, get(odd, "x"));
        refused(trial, lines(":method", "GET", ":scheme", "http", ":authority", "h", ":path", "/" + odd));
        refused(trial, lines(":method", "GET", ":scheme", "http", ":authority", odd, ":path", "/"));
        refused(trial, lines(":method", odd, ":scheme", "http", ":authority", "h", ":path", "/"));
      }
      refused(trial, get("Upper", "x"));
      refused(trial, get("a:b", "x"));
      refused(trial, get("a b", "x"));
      refused(trial, get("", "x"));
      refused(trial, get("transfer-encoding", "chunked"));
      refused(trial, get("connection", "close"));
      refused(trial, get("upgrade", "h2c"));
      refused(trial, get("te", "gzip"));
      refused(trial, get(":late", "x"));
      refused(trial, get("x", "y", ":path", "/"));
      refused(trial, get(":path", "/other"));
      refused(trial, get(":authority", "other"));
      refused(trial, get("host", "other"));
      refused(trial, get("content-length", "5", "content-length", "6"));
      refused(trial, get("content-length", "5"));
      refused(trial, "hello", get("content-length", "4"));
      refused(trial, "hello", get("content-length", "6"));
      refused(trial, "hello", get("content-length", "0"));
      refused(trial, "hello", get("content-length", "+5"));
      for (String path : List.of("", "/a b", "admin", "*", "http://h/", "/a\tb", "/../x", "/%zz", "?x", "/a%00")) {
        refused(trial, lines(":method", "GET", ":scheme", "http", ":authority", "h", ":path", path));
      }
      for (String scheme : List.of("", "http://evil/?", "gopher", "ht tp")) {
        refused(trial, lines(":method", "GET", ":scheme", scheme, ":authority", "h", ":path", "/"));
      }
      for (String method : List.of("", "GE T", "get", "TRACE", "G\u00c9T")) {
        refused(trial, lines(":method", method, ":scheme", "http", ":authority", "h", ":path", "/"));
      }
      for (String authority : List.of("", "a/b", "a@b", "a,b", "a b")) {
        refused(trial, lines(":method", "GET", ":scheme", "http", ":authority", authority, ":path", "/"));
      }
      refused(trial, lines(":method", "GET", ":scheme", "http", ":path", "/"));
      refused(trial, lines(":method", "GET", ":scheme", "http", ":authority", "h"));
      refused(trial, lines(":scheme", "http", ":authority", "h", ":path", "/"));
      refused(trial, lines(":method", "CONNECT", ":authority", "h:80"));
    }
  }

  @Test
  void othersLiveOn() {
    try (Trial trial = new Trial(rig, "PS-14 others", "20 bad streams among 20 good ones on one connection", "each good one is served")) {
      try (Http2Wire wire = new Http2Wire(rig.http2Port())) {
        for (int i = 0; i < 20; i++) {
          wire.get(4 * i + 1, "/good" + i);
          wire.headers(4 * i + 3, true, get("x", "y", i % 2 == 0 ? "a b" : "expect", "z"));
        }
        for (int i = 0; i < 20; i++) {
          String good = wire.outcome(4 * i + 1);
          trial.accepted(good.equals("200") ? 1 : 0);
          trial.saw("good " + good, good.equals("200"), "stream " + (4 * i + 1));
          String bad = wire.outcome(4 * i + 3);
          trial.saw("bad " + bad, bad.equals("reset") || bad.equals("417"), "stream " + (4 * i + 3));
        }
      }
    }
  }
}
