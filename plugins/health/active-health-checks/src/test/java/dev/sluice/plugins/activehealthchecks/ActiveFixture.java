package dev.sluice.plugins.activehealthchecks;

import dev.sluice.api.entity.Certificate;
import dev.sluice.api.upstream.HealthChecker;
import dev.sluice.api.upstream.HealthSink.Observation;
import dev.sluice.api.upstream.UpstreamView;
import dev.sluice.testkit.fake.FakeTargetState;
import dev.sluice.testkit.fake.FakeUpstreams;
import dev.sluice.testkit.fake.RecordingHealthSink;
import dev.sluice.testkit.fake.RecordingHealthSink.Report;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** An upstream whose limits are 1 to 4, so that a report tells which of them it was made with. */
@Timeout(60)
abstract class ActiveFixture {

  static final int SUCCESSES = 1;
  static final int HTTP_FAILURES = 2;
  static final int TCP_FAILURES = 3;
  static final int TIMEOUTS = 4;

  final Vertx vertx = Vertx.vertx();
  final Map<String, String> nodeSettings = new HashMap<>();
  final LoopContext context = new LoopContext(vertx, nodeSettings);
  final RecordingHealthSink sink = new RecordingHealthSink();
  final JsonObject active = new JsonObject()
      .put("type", "http")
      .put("http_path", "/status")
      .put("timeout", 20)
      .put("concurrency", 10);
  final JsonObject upstream = new JsonObject();
  Optional<Certificate> certificate = Optional.empty();
  private final List<AutoCloseable> resources = new ArrayList<>();

  ActiveFixture() {
    JsonObject defaults = FakeUpstreams.healthchecks().getJsonObject("active");
    active.put("healthy", defaults.getJsonObject("healthy").put("interval", 0.1).put("successes", SUCCESSES));
    active.put("unhealthy", defaults.getJsonObject("unhealthy")
        .put("interval", 0.1).put("http_failures", HTTP_FAILURES).put("tcp_failures", TCP_FAILURES)
        .put("timeouts", TIMEOUTS));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable resource : resources) {
      resource.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  <R extends AutoCloseable> R own(R resource) {
    resources.add(0, resource);
    return resource;
  }

  ScriptedServer server(ScriptedServer.Script script) throws IOException {
    return own(new ScriptedServer(script));
  }

  static FakeTargetState target(ScriptedServer server) {
    return FakeTargetState.of("127.0.0.1", server.port(), 100);
  }

  /** A port at which nobody listens. */
  static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  Optional<HealthChecker> create(FakeTargetState... targets) {
    ActiveHealthChecksPlugin plugin = new ActiveHealthChecksPlugin();
    plugin.start(context);
    upstream.put("healthchecks", new JsonObject().put("active", active));
    UpstreamView view = FakeUpstreams.view(upstream, List.of(targets));
    Optional<HealthChecker> checker =
        plugin.healthCheckers().get(0).create(new UpstreamView(view.upstream(), view.addresses(), certificate), sink);
    checker.ifPresent(this::own);
    return checker;
  }

  Report nextReport() throws InterruptedException {
    return sink.next(10_000).orElseThrow(() -> new AssertionError("nothing was reported"));
  }

  static Report report(FakeTargetState target, Observation observation) {
    return new Report(target, observation, switch (observation) {
      case SUCCESS -> SUCCESSES;
      case HTTP_FAILURE -> HTTP_FAILURES;
      case TCP_FAILURE -> TCP_FAILURES;
      case TIMEOUT -> TIMEOUTS;
    });
  }
}
