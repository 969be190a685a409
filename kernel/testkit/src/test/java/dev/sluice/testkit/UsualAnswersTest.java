package dev.sluice.testkit;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Heads that go straight to the socket say the same as those that Vert.x writes, and tell it to those who ask afterwards. */
class UsualAnswersTest {

  private static final String LINES = "X-A: upstream\r\nSet-Cookie: a=1\r\nx-gone: yes\r\nset-cookie: b=2\r\n";

  private final LinkedBlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
  private final Queue<String> answers = new ConcurrentLinkedQueue<>();
  private final RawOrigin origin =
      new RawOrigin(
          call -> {
            call.send(answers.remove());
            return true;
          });
  private TestGateway gateway;

  private record Seen(List<String> lines, long size) {}

  private final class Wants implements Filter.Access, Filter.Log {
    @Override
    public Future<Void> access(RequestContext context) {
      context.response().headers().set("x-a", "gateway").add("X-New", "1").add("X-New", "2").remove("X-Gone");
      return Filters.CONTINUE;
    }

    @Override
    public void log(RequestContext context) {
      List<String> lines = new ArrayList<>();
      long size = context.response().size();
      context.response().headers().forEach((name, value) -> lines.add(plain(name + ": " + value)));
      assertThat(context.response().size()).isEqualTo(size);
      seen.add(new Seen(lines, size));
    }
  }

  @BeforeEach
  void start() {
    gateway = TestGateway.with(new OneFilter("wants", 1, new Wants())).start();
    JsonObject service =
        gateway.create(CoreEntities.SERVICES, new JsonObject().put("host", "127.0.0.1").put("port", origin.port()));
    gateway.create(
        CoreEntities.ROUTES,
        new JsonObject()
            .put("paths", new JsonArray().add("/u"))
            .put("service", new JsonObject().put("id", service.getString("id"))));
    gateway.plugin("wants", new JsonObject());
  }

  @AfterEach
  void stop() {
    gateway.close();
    origin.close();
  }

  /** The lines of a head; names in lower case, since Vert.x writes some so. */
  private static List<String> head(String answer) {
    return answer.substring(0, answer.indexOf("\r\n\r\n")).lines().map(UsualAnswersTest::plain).toList();
  }

  private static String plain(String line) {
    int colon = line.indexOf(':');
    return colon < 0 ? line : line.substring(0, colon).toLowerCase(Locale.ROOT) + line.substring(colon);
  }

  /** What has come is what the log is told, line by line and byte by byte. */
  private void told(String answer) throws InterruptedException {
    Seen log = seen.poll(10, TimeUnit.SECONDS);
    assertThat(log).isNotNull();
    List<String> came = head(answer);
    assertThat(log.lines()).containsExactlyInAnyOrderElementsOf(came.subList(1, came.size()));
    assertThat(log.size()).isEqualTo(answer.length());
    assertThat(came).containsOnlyOnce("x-a: gateway").containsOnlyOnce("x-new: 1").containsOnlyOnce("x-new: 2");
    assertThat(came).filteredOn(line -> line.startsWith("set-cookie:")).hasSize(2);
    assertThat(came).noneMatch(line -> line.startsWith("x-gone:"));
  }

  @ParameterizedTest
  @CsvSource({"200 OK,0", "200 OK,2", "200 OK,1024", "200 OK,1025", "404 Not Found,3000", "599 Odd,2"})
  void aBodyOfAnyLength(String status, int length) throws InterruptedException {
    String body = "b".repeat(length);
    try (RawClient client = new RawClient(gateway.proxyPort())) {
      for (int i = 0; i < 3; i++) {
        answers.add("HTTP/1.1 " + status + "\r\nContent-Length: " + length + "\r\n" + LINES + "\r\n" + body);
        client.send("GET /u HTTP/1.1\r\nHost: h\r\n\r\n");
        String answer = client.readUntil("\r\n\r\n" + body);
        assertThat(answer).startsWith("HTTP/1.1 " + status.substring(0, 4)).endsWith("\r\n\r\n" + body);
        assertThat(head(answer)).containsOnlyOnce("content-length: " + length).containsOnlyOnce("connection: keep-alive");
        told(answer);
      }
    }
  }

  @Test
  void theLastOneOfAConnection() throws InterruptedException {
    answers.add("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" + LINES + "\r\nok");
    try (RawClient client = new RawClient(gateway.proxyPort())) {
      String answer = client.send("GET /u HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").readToEnd();
      assertThat(head(answer)).containsOnlyOnce("connection: close").doesNotContain("connection: keep-alive");
      told(answer);
    }
  }

  /** Those that Vert.x writes: without a body, in parts, in another version. */
  @ParameterizedTest
  @CsvSource({
    "HEAD,1.1,200 OK,Content-Length: 20,''",
    "GET,1.1,204 No Content,X-B: b,''",
    "GET,1.1,304 Not Modified,ETag: e,''",
    "GET,1.0,200 OK,Content-Length: 2,ok",
  })
  void theUnusual(String method, String version, String status, String line, String body) throws InterruptedException {
    answers.add("HTTP/1.1 " + status + "\r\n" + line + "\r\n" + LINES + "\r\n" + body);
    try (RawClient client = new RawClient(gateway.proxyPort())) {
      String answer =
          client.send(method + " /u HTTP/" + version + "\r\nHost: h\r\nConnection: close\r\n\r\n").readToEnd();
      assertThat(head(answer)).containsOnlyOnce(plain(line)).containsOnlyOnce("connection: close");
      assertThat(answer).endsWith("\r\n\r\n" + body);
      told(answer);
    }
  }

  @Test
  void inTheOrderOfTheRequests() {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      answers.add("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX-Number: " + i + "\r\n\r\nok" + i % 10);
      requests.append("GET /u HTTP/1.1\r\nHost: h\r\n").append(i == 49 ? "Connection: close\r\n\r\n" : "\r\n");
    }
    try (RawClient client = new RawClient(gateway.proxyPort())) {
      String all = client.send(requests.toString()).readToEnd();
      List<String> numbers = all.lines().filter(line -> line.startsWith("X-Number: ")).toList();
      assertThat(numbers).hasSize(50).first().isEqualTo("X-Number: 0");
      assertThat(numbers).isSortedAccordingTo((a, b) -> Integer.parseInt(a.substring(10)) - Integer.parseInt(b.substring(10)));
    }
  }
}
