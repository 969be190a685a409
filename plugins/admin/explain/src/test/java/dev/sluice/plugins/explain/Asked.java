package dev.sluice.plugins.explain;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;

/**
 * A request as chance will have it.
 *
 * @param target as it stands in the request line
 * @param body may be empty
 */
record Asked(String method, String target, String host, MultiMap headers, String body) {

  private static final List<String> TARGETS =
      List.of(
          "/", "/a", "/a/", "/a/b", "/a/bc", "/a/b/x", "/a//b", "/a/./b/../b", "/a/%62", "/a%2Fb", "/v1", "/v2/items", "/v17",
          "/users/ada", "/users/b%C3%BCb/x", "/users/", "/b%20c/d", "/%C3%BC", "/ü", "/%ff/x", "/a/../..", "/a/%zz", "/nobody");
  private static final List<String> QUERIES = List.of("", "", "?", "?x=1", "?x=1&y=%20&x=2", "?ü", "?a=/../b#frag");
  private static final List<String> HOSTS =
      List.of("a.test", "b.test", "A.Test", "x.y.test", "a.example", "a.test:8000", "a.test:81", "c.example", "no.where", "[::1]:80");
  private static final List<String> METHODS = List.of("GET", "GET", "GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");

  static Asked of(Random random) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    maybe(random, headers, Parts.WHO, List.of("ada", "bob", "cyd", "dan", "nobody"), 2);
    maybe(random, headers, "X-Kind", List.of("one", "two", "Three", "four"), 2);
    maybe(random, headers, "X-User", List.of("u1", "u2", "u3", "u4", "u5", "u6"), 3);
    maybe(random, headers, "X-Canary", List.of("always", "never", "perhaps"), 1);
    maybe(random, headers, "X-Preview", List.of("peek", "wrong"), 1);
    maybe(random, headers, "Cookie", List.of("sluice_canary=c1", "a=b; sluice_canary=c2", "sluice_canary=c3", "x=y"), 3);
    maybe(random, headers, "X-Real-IP", List.of("10.0.0.1", "10.0.0.2", "10.9.8.7", "2001:db8::1", "nonsense"), 3);
    maybe(random, headers, "X-Forwarded-For", List.of("192.0.2.1", "192.0.2.1, 192.0.2.2"), 1);
    maybe(random, headers, "X-Forwarded-Proto", List.of("https", "http"), 1);
    maybe(random, headers, "X-Forwarded-Host", List.of("outside.test"), 1);
    maybe(random, headers, "X-Consumer-Username", List.of("liar"), 1);
    maybe(random, headers, "X-Forwarded-Prefix", List.of("/pre"), 1);
    maybe(random, headers, "Via", List.of("1.1 other"), 1);
    maybe(random, headers, "TE", List.of("trailers, deflate"), 1);
    maybe(random, headers, "Accept", List.of("text/plain", "*/*"), 2);
    maybe(random, headers, "X-Byte", List.of("plain", "a  b"), 1);
    maybe(random, headers, "X-Kind", List.of("one", "two"), 1);
    maybe(random, headers, "X-Real-IP", List.of("10.0.0.3"), 1);
    maybe(random, headers, "Connection", List.of("keep-alive, X-User", "X-Byte, TE", "upgrade"), 1);
    maybe(random, headers, "Upgrade", List.of("h2c", "websocket"), 1);
    maybe(random, headers, "X-Forwarded-Port", List.of("8443"), 1);
    maybe(random, headers, "Forwarded", List.of("for=1.2.3.4"), 1);
    maybe(random, headers, "Expect", List.of("200-ok"), random.nextInt(8) == 0 ? 1 : 0);
    String method = one(random, METHODS);
    String body = method.equals("POST") && random.nextBoolean() ? "x".repeat(1 + random.nextInt(40)) : "";
    return new Asked(method, one(random, TARGETS) + one(random, QUERIES), one(random, HOSTS), headers, body);
  }

  private static void maybe(Random random, MultiMap headers, String name, List<String> values, int ofSix) {
    if (random.nextInt(6) < ofSix) {
      headers.add(name, one(random, values));
    }
  }

  private static <T> T one(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** The question what would become of it. */
  JsonObject question() {
    JsonObject lines = new JsonObject().put("Host", host);
    headers.names().forEach(name -> lines.put(name, new JsonArray(headers.getAll(name))));
    if (!body.isEmpty()) {
      lines.put("Content-Length", String.valueOf(body.length()));
    } else if (List.of("POST", "PUT", "PATCH").contains(method)) {
      lines.put("Content-Length", "0");
    }
    JsonObject question = new JsonObject().put("method", method).put("url", target).put("headers", lines);
    String who = headers.get(Parts.WHO);
    return who == null || who.equals("nobody") ? question : question.put("consumer", who);
  }

  @Override
  public String toString() {
    return method + " " + target + " Host: " + host + " " + headers.entries() + " " + body.length();
  }
}
