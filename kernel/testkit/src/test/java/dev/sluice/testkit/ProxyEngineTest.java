package dev.sluice.testkit;

import dev.sluice.api.entity.CoreEntities;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the proxy engine does when all goes well, and what it does when upstream, client or network misbehave. */
class ProxyEngineTest {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static TestGateway gateway;
  private static int number;

  @BeforeAll
  static void start() {
    gateway = TestGateway.with().start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  /** A path that leads to the given ports, in this order of preference. */
  private static String pathTo(JsonObject service, int... ports) {
    String name = "u" + ++number;
    JsonObject upstream = gateway.create(CoreEntities.UPSTREAMS, new JsonObject().put("name", name));
    int weight = 100;
    for (int port : ports) {
      gateway.create(
          CoreEntities.TARGETS,
          new JsonObject()
              .put("target", "127.0.0.1:" + port)
              .put("weight", weight--)
              .put("upstream", new JsonObject().put("id", upstream.getString("id"))));
    }
    JsonObject made = gateway.create(CoreEntities.SERVICES, service.copy().put("host", name));
    gateway.create(
        CoreEntities.ROUTES,
        new JsonObject()
            .put("paths", new JsonArray().add("/" + name + "/"))
            .put("strip_path", false)
            .put("service", new JsonObject().put("id", made.getString("id"))));
    return "/" + name + "/";
  }

  private static String pathTo(int... ports) {
    return pathTo(new JsonObject(), ports);
  }

  private static int closedPort() {
    try (RawOrigin origin = RawOrigin.saying(OK)) {
      return origin.port();
    }
  }

  private static String exchange(String request) {
    try (RawClient client = new RawClient(gateway.proxyPort())) {
      return client.send(request).readToEnd();
    }
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
  }

  @Test
  void keepsConnectionsToUpstream() {
    try (RawOrigin origin = RawOrigin.saying(OK);
        RawClient client = new RawClient(gateway.proxyPort())) {
      String path = pathTo(origin.port());
      for (int i = 0; i < 5; i++) {
        client.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").readUntil("\r\n\r\nok");
      }
      assertThat(origin.heads()).hasSize(5);
      assertThat(origin.connections()).isEqualTo(1);
    }
  }

  @Test
  void passesOnWhatConcernsTheMessageAndNotTheConnection() {
    try (RawOrigin origin = RawOrigin.saying(OK)) {
      String path = pathTo(origin.port());
      exchange(
          "GET " + path + "a?b=%41&c HTTP/1.1\r\nHost: Client.Example:81\r\nConnection: close, X-Mine, Host\r\n"
              + "X-Mine: 1\r\nX-Yours: 2\r\nKeep-Alive: 5\r\nTE: gzip, trailers\r\nUpgrade: foo\r\n"
              + "Proxy-Connection: x\r\nX-Forwarded-For: 1.2.3.4\r\nX-Real-IP: 9.9.9.9\r\n\r\n");
      String head = origin.heads().get(0);
      assertThat(head)
          .startsWith("GET " + path + "a?b=%41&c HTTP/1.1\r\nHost: 127.0.0.1:" + origin.port() + "\r\n")
          .contains("\r\nX-Yours: 2\r\n", "\r\nTE: trailers\r\n", "\r\nConnection: keep-alive\r\n")
          .contains("\r\nX-Forwarded-For: 1.2.3.4, 127.0.0.1\r\n", "\r\nX-Real-IP: 127.0.0.1\r\n")
          .contains("\r\nX-Forwarded-Host: client.example\r\n", "\r\nX-Forwarded-Proto: http\r\n")
          .contains("\r\nX-Forwarded-Path: " + path + "a\r\n", "\r\nVia: 1.1 kong/3.9.3\r\n")
          .doesNotContain("X-Mine", "Keep-Alive: 5", "Upgrade", "Proxy-Connection", "9.9.9.9");
    }
  }

  @Test
  void sendsASmallBodyWithItsLengthAndNoneWithoutOne() {
    try (RawOrigin origin =
        new RawOrigin(
            call -> {
              if (call.head().contains("Content-Length: 5")) {
                assertThat(call.read(5)).isEqualTo("hello");
              }
              call.send(OK);
              return true;
            })) {
      String path = pathTo(origin.port());
      exchange("POST " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
          + "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n");
      exchange(get(path));
      assertThat(origin.heads().get(0)).contains("\r\nContent-Length: 5\r\n").doesNotContain("Transfer-Encoding");
      assertThat(origin.heads().get(1)).doesNotContain("Content-Length", "Transfer-Encoding");
    }
  }

  @Test
  void streamsALargeBodyBothWays() {
    Buffer large = Buffer.buffer(new byte[3_000_000]);
    for (int i = 0; i < large.length(); i++) {
      large.setByte(i, (byte) (i * 31));
    }
    try (TestBackend backend = TestBackend.of(request -> request.response().setChunked(true).send(request))) {
      String path = pathTo(backend.port());
      var answer = gateway.send(HttpMethod.PUT, path, Map.of(), large);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(large);
    }
  }

  @Test
  void aTruncatedBodyNeverLooksComplete() {
    try (RawOrigin fixed = new RawOrigin(call -> say(call, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello"));
        RawOrigin chunked =
            new RawOrigin(
                call -> say(call, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"))) {
      String first = exchange("GET " + pathTo(fixed.port()) + " HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(first).contains("Content-Length: 9").contains("\r\n\r\nhello");
      String second = exchange("GET " + pathTo(chunked.port()) + " HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(second).contains("hello").doesNotContain("\r\n0\r\n");
    }
  }

  private static boolean say(RawOrigin.Call call, String answer) throws java.io.IOException {
    call.send(answer);
    return false;
  }

  @Test
  void anAbortedUploadNeverLooksComplete() throws InterruptedException {
    AtomicReference<String> got = new AtomicReference<>();
    CountDownLatch over = new CountDownLatch(1);
    try (RawOrigin origin =
        new RawOrigin(
            call -> {
              try {
                got.set(call.readAll());
              } finally {
                over.countDown();
              }
              return false;
            })) {
      String path = pathTo(origin.port());
      try (RawClient client = new RawClient(gateway.proxyPort())) {
        client.send("POST " + path + " HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
        client.send("20000\r\n" + "x".repeat(0x20000) + "\r\n");
        Await.until("the upload has begun", () -> !origin.heads().isEmpty());
        client.reset();
      }
      over.await();
      assertThat(String.valueOf(got.get())).doesNotContain("\r\n0\r\n");
    }
  }

  @Test
  void goesOnToTheNextTargetWhenOneRefuses() {
    try (RawOrigin origin = RawOrigin.saying(OK)) {
      assertThat(exchange(get(pathTo(closedPort(), origin.port())))).startsWith("HTTP/1.1 200");
    }
    String failed = exchange(get(pathTo(new JsonObject().put("retries", 1), closedPort(), closedPort())));
    assertThat(failed)
        .startsWith("HTTP/1.1 502")
        .contains("Content-Type: text/plain; charset=utf-8", "X-Kong-Upstream-Latency", "X-Kong-Proxy-Latency")
        .contains("An invalid response was received from the upstream server\nrequest_id: ");
  }

  @Test
  void sendsARequestAgainOnlyWhenThatIsSafe() {
    try (RawOrigin breaking =
            new RawOrigin(
                call -> {
                  call.reset();
                  return false;
                });
        RawOrigin good = RawOrigin.saying(OK)) {
      assertThat(exchange(get(pathTo(breaking.port(), good.port())))).startsWith("HTTP/1.1 200");
      String path = pathTo(breaking.port(), good.port());
      String post = "POST " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
      assertThat(exchange(post)).startsWith("HTTP/1.1 502");
      assertThat(good.heads()).hasSize(1);
    }
  }

  @Test
  void aHangEndsWithATimeout() {
    try (RawOrigin origin = new RawOrigin(call -> call.readAll().isEmpty())) {
      JsonObject service = new JsonObject().put("read_timeout", 200).put("write_timeout", 200).put("retries", 0);
      assertThat(exchange(get(pathTo(service, origin.port()))))
          .startsWith("HTTP/1.1 504")
          .contains("The upstream server is timing out");
    }
  }

  @Test
  void survivesAKeptConnectionThatTheUpstreamHasClosed() {
    try (RawOrigin origin = new RawOrigin(call -> say(call, OK))) {
      String path = pathTo(origin.port());
      for (int i = 0; i < 20; i++) {
        assertThat(exchange(get(path))).startsWith("HTTP/1.1 200");
      }
    }
  }

  @Test
  void aSurplusNeverReachesTheNextRequest() {
    try (RawOrigin origin = RawOrigin.saying(OK + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")) {
      String path = pathTo(origin.port());
      for (int i = 0; i < 10; i++) {
        assertThat(exchange(get(path))).endsWith("\r\n\r\nok");
      }
      assertThat(origin.connections()).isEqualTo(10);
    }
  }

  @Test
  void relaysAnswersOfEveryShape() {
    try (RawOrigin hinting =
            RawOrigin.saying("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n");
        RawOrigin head = RawOrigin.saying("HTTP/1.1 200 OK\r\nContent-Length: 77\r\n\r\n");
        RawOrigin closing = new RawOrigin(call -> say(call, "HTTP/1.1 200 OK\r\n\r\nuntil the end"));
        RawOrigin unchanged = RawOrigin.saying("HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n")) {
      assertThat(exchange(get(pathTo(hinting.port())))).startsWith("HTTP/1.1 204");
      String path = pathTo(head.port());
      assertThat(exchange("HEAD " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200")
          .contains("Content-Length: 77")
          .endsWith("\r\n\r\n");
      assertThat(exchange(get(pathTo(closing.port())))).startsWith("HTTP/1.1 200").contains("until the end");
      assertThat(exchange(get(pathTo(unchanged.port())))).startsWith("HTTP/1.1 304").endsWith("\r\n\r\n");
    }
  }

  @Test
  void answersPipelinedRequestsInTheirOrder() {
    try (RawOrigin origin =
            new RawOrigin(
                call -> {
                  String body = call.head().split(" ", -1)[1];
                  call.send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
                  return true;
                });
        RawClient client = new RawClient(gateway.proxyPort())) {
      String path = pathTo(origin.port());
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        requests.append("GET ").append(path).append('<').append(i).append("> HTTP/1.1\r\nHost: h\r\n\r\n");
      }
      client.send(requests.toString().replace("<", "_").replace(">", "_"));
      for (int i = 0; i < 50; i++) {
        assertThat(client.readUntil("_" + i + "_")).doesNotContain("_" + (i + 1) + "_");
      }
    }
  }

  @Test
  void anAbandonedDownloadEndsUpstreamToo() throws InterruptedException {
    CountDownLatch broken = new CountDownLatch(1);
    try (RawOrigin origin =
        new RawOrigin(
            call -> {
              call.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              try {
                while (true) {
                  call.send("1000\r\n" + "x".repeat(0x1000) + "\r\n");
                }
              } catch (java.io.IOException gone) {
                broken.countDown();
                return false;
              }
            })) {
      RawClient client = new RawClient(gateway.proxyPort());
      client.send("GET " + pathTo(origin.port()) + " HTTP/1.1\r\nHost: h\r\n\r\n").readUntil("xxxx");
      client.reset();
      assertThat(broken.await(5, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: xchunked\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET /../etc HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /a%00 HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n",
        "get / HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\n: v\r\n\r\n",
      })
  void refusesWhatIsAmbiguous(String request) {
    assertThat(exchange(request)).startsWith("HTTP/1.1 400").contains("Bad request\nrequest_id: ");
  }

  @Test
  void aLineThatIsTooLongHasAStatusOfItsOwn() {
    assertThat(exchange("GET /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: h\r\n\r\n")).contains(" 414 ");
    assertThat(exchange("TRACE / HTTP/1.1\r\nHost: h\r\n\r\n")).startsWith("HTTP/1.1 405");
  }

  @Test
  void linesAfterTheBodyGoToThoseWhoTakeThem() {
    String answer =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 7\r\nContent-Length: 9\r\n\r\n";
    try (RawOrigin origin = RawOrigin.saying(answer)) {
      String path = pathTo(origin.port());
      String taken = exchange("GET " + path + " HTTP/1.1\r\nHost: h\r\nTE: trailers\r\nConnection: close, TE\r\n\r\n");
      assertThat(taken).endsWith("\r\n0\r\nX-Sum: 7\r\n\r\n");
      assertThat(origin.heads().get(0)).containsIgnoringCase("\r\nTE: trailers\r\n");
      assertThat(exchange(get(path))).doesNotContain("X-Sum");
    }
  }
}
