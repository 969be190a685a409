package dev.sluice.plugins.activehealthchecks;

import dev.sluice.api.upstream.HealthSink.Observation;
import dev.sluice.plugins.activehealthchecks.ScriptedServer.Script;
import dev.sluice.testkit.fake.FakeTargetState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What one probe sends, and what it makes of what comes back. */
class ActiveProbeTest extends ActiveFixture {

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(Observation.SUCCESS, Script.answer("HTTP/1.0 200 OK\r\n\r\n")),
        Arguments.of(Observation.SUCCESS, Script.answer("HTTP/1.1 302\r\n")),
        Arguments.of(Observation.SUCCESS, Script.answer("HT", "TP/1.1 2", "00 OK", "\n")),
        Arguments.of(Observation.HTTP_FAILURE, Script.answer("HTTP/1.1 503 Service Unavailable\r\n\r\n")),
        Arguments.of(Observation.HTTP_FAILURE, Script.answer("SSH-2.0-OpenSSH_9.2\r\n")),
        Arguments.of(Observation.HTTP_FAILURE, Script.answer("HTTP/1.1 2000 OK\r\n")),
        Arguments.of(Observation.HTTP_FAILURE, Script.answer("\r\n")),
        Arguments.of(Observation.HTTP_FAILURE, Script.answer("x".repeat(9000))),
        Arguments.of(Observation.TCP_FAILURE, Script.answer()),
        Arguments.of(Observation.TCP_FAILURE, Script.answer("HTTP/1.1 200 OK")),
        Arguments.of(Observation.TIMEOUT, Script.hang()));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void theFirstLineDecides(Observation expected, Script script) throws Exception {
    FakeTargetState target = target(server(script));
    active.put("timeout", expected == Observation.TIMEOUT ? 0.3 : 20);

    create(target);

    assertThat(nextReport()).isEqualTo(report(target, expected));
  }

  @Test
  void aStatusInNeitherListIsNotReported() throws Exception {
    ScriptedServer server = server(Script.answer("HTTP/1.1 418 I'm a teapot\r\n\r\n"));
    create(target(server));
    for (int i = 0; i < 4; i++) {
      server.nextRequest();
    }
    assertThat(sink.drain()).isEmpty();
  }

  @Test
  void statusesAreThoseOfTheSettings() throws Exception {
    active.getJsonObject("healthy").put("http_statuses", new JsonArray().add(404));
    active.getJsonObject("unhealthy").put("http_statuses", new JsonArray().add(200));
    FakeTargetState good = target(server(Script.answer("HTTP/1.1 404 Not Found\r\n")));
    create(good);
    assertThat(nextReport()).isEqualTo(report(good, Observation.SUCCESS));
  }

  @Test
  void aRefusedConnectionIsATcpFailure() throws Exception {
    FakeTargetState target = FakeTargetState.of("127.0.0.1", closedPort(), 1);

    create(target);

    assertThat(nextReport()).isEqualTo(report(target, Observation.TCP_FAILURE));
  }

  @Test
  void aConnectionThatIsNotTakenUpIsATimeout() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = full.getLocalPort();
      for (int i = 0; i < 8; i++) {
        Socket filler = own(new Socket());
        Thread connecting = new Thread(() -> connect(filler, port));
        connecting.setDaemon(true);
        connecting.start();
        connecting.join(200);
      }
      FakeTargetState target = FakeTargetState.of("127.0.0.1", port, 1);
      active.put("timeout", 0.3);

      create(target);

      assertThat(nextReport()).isEqualTo(report(target, Observation.TIMEOUT));
    }
  }

  private static void connect(Socket socket, int port) {
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
    } catch (IOException e) {
      // The queue is full, which is what it is for.
    }
  }

  @Test
  void sendsPathHeadersAndTheTargetsName() throws Exception {
    ScriptedServer server = server(Script.answer("HTTP/1.0 200 OK\r\n\r\n"));
    active.put("headers", new JsonObject()
        .put("X-Token", new JsonArray().add("a").add("b"))
        .put("X-Bad", new JsonArray().add("a\r\nX-Injected: b")));

    create(FakeTargetState.of("api.test", "127.0.0.1", server.port(), 1));

    assertThat(server.nextRequest())
        .isEqualTo("GET /status HTTP/1.0\r\nX-Token: a\r\nX-Token: b\r\nHost: api.test\r\n\r\n");
  }

  @Test
  void sendsTheUpstreamsHostHeader() throws Exception {
    ScriptedServer server = server(Script.answer("HTTP/1.0 200 OK\r\n\r\n"));
    upstream.put("host_header", "example.test:8080");

    create(FakeTargetState.of("api.test", "127.0.0.1", server.port(), 1));

    assertThat(server.nextRequest()).isEqualTo("GET /status HTTP/1.0\r\nHost: example.test:8080\r\n\r\n");
  }

  @Test
  void aHostAmongTheHeadersReplacesTheOther() throws Exception {
    ScriptedServer server = server(Script.answer("HTTP/1.0 200 OK\r\n\r\n"));
    active.put("headers", new JsonObject().put("host", new JsonArray().add("own.test")));

    create(target(server));

    assertThat(server.nextRequest()).isEqualTo("GET /status HTTP/1.0\r\nhost: own.test\r\n\r\n");
  }

  @Test
  void aTcpProbeOnlyConnects() throws Exception {
    active.put("type", "tcp");
    nodeSettings.put("stream_listen", "0.0.0.0:9000");
    ScriptedServer server = server(Script.hang());
    FakeTargetState target = target(server);

    create(target);

    assertThat(nextReport()).isEqualTo(report(target, Observation.SUCCESS));
    assertThat(server.nextRequest()).isEmpty();
  }
}
