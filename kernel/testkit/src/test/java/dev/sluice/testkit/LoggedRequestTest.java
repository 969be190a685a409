package dev.sluice.testkit;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.Attempt;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.request.Timeline;
import dev.sluice.api.schema.ConfigSchema;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a filter in the phase LOG can learn of a request. */
class LoggedRequestTest {

  private final LinkedBlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
  private final Probe probe = new Probe();
  private TestGateway gateway;

  private record Seen(
      Timeline timeline,
      List<Attempt> attempts,
      long requestSize,
      long responseSize,
      boolean fromUpstream,
      String target,
      boolean tls) {}

  private final class Probe implements GatewayPlugin, FilterFactory<JsonObject> {
    private final AtomicBoolean finished = new AtomicBoolean();
    private final AtomicBoolean stoppedBefore = new AtomicBoolean();
    private PluginContext lent;

    @Override
    public void start(PluginContext context) {
      lent = context;
    }

    @Override
    public Future<Void> finish() {
      Promise<Void> done = Promise.promise();
      lent.after(
          Duration.ofMillis(50),
          () -> {
            finished.set(true);
            done.complete();
          });
      return done.future();
    }

    @Override
    public void stop() {
      stoppedBefore.set(!finished.get());
    }

    @Override
    public List<FilterFactory<?>> filters() {
      return List.of(this);
    }

    @Override
    public String name() {
      return "probe";
    }

    @Override
    public int priority() {
      return 1;
    }

    @Override
    public ConfigSchema<JsonObject> schema() {
      return ConfigSchema.any(JsonObject::copy);
    }

    @Override
    public Filter create(JsonObject config) {
      return new Looks(config.getBoolean("answers", false));
    }
  }

  private final class Looks implements Filter.Access, Filter.Log {
    private final boolean answers;

    Looks(boolean answers) {
      this.answers = answers;
    }

    @Override
    public Future<Void> access(RequestContext context) {
      context.upstreamRequest().headers().set("X-Added-By-A-Filter", "which is not the client's");
      if (answers) {
        context.answer(Answer.error(403, "no"));
      }
      return Future.succeededFuture();
    }

    @Override
    public void log(RequestContext context) {
      seen.add(
          new Seen(
              context.timeline(),
              List.copyOf(context.attempts()),
              context.request().size(),
              context.response().size(),
              context.response().fromUpstream(),
              context.upstreamRequest().target(),
              context.request().tls().isPresent()));
    }
  }

  @BeforeEach
  void start() {
    gateway = TestGateway.with(probe).start();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private Seen next() throws InterruptedException {
    Seen next = seen.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("a request that was logged").isNotNull();
    return next;
  }

  @Test
  void aProxiedRequestHasAWholeTimelineAndOneAttempt() throws InterruptedException {
    TestBackend backend = gateway.backend(TestBackend.echo());
    gateway.plugin("probe", new JsonObject(), gateway.route("/a b", backend));
    gateway.send(HttpMethod.POST, "/a%20b?x=1", Map.of(), Buffer.buffer("12345"));
    Seen one = next();
    assertThat(one.timeline().sentUpstream()).isPositive();
    assertThat(one.timeline().answered()).isGreaterThan(one.timeline().sentUpstream());
    assertThat(one.timeline().ended()).isGreaterThanOrEqualTo(one.timeline().answered());
    assertThat(one.fromUpstream()).isTrue();
    assertThat(one.target()).isEqualTo("/a%20b?x=1");
    assertThat(one.tls()).isFalse();
    assertThat(one.attempts()).hasSize(1);
    Attempt attempt = one.attempts().get(0);
    assertThat(attempt.address()).isEqualTo("127.0.0.1");
    assertThat(attempt.port()).isEqualTo(backend.port());
    assertThat(attempt.failure()).isEmpty();
    assertThat(attempt.startedNanos()).isBetween(0L, one.timeline().sentUpstream());
  }

  @Test
  void sizesAreThoseOfTheWire() throws IOException, InterruptedException {
    gateway.plugin("probe", new JsonObject(), gateway.route("/"));
    String request = "POST /some/path?q=1 HTTP/1.1\r\nHost: a.test\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc";
    try (RawClient client = new RawClient(gateway.proxyPort())) {
      client.send(request);
      String answer = client.readToEnd();
      Seen one = next();
      assertThat(one.requestSize()).isEqualTo(request.length());
      assertThat(one.responseSize()).isEqualTo(answer.length());
    }
  }

  @Test
  void failedAttemptsSayWhy() throws InterruptedException {
    TestBackend gone = TestBackend.echo();
    int port = gone.port();
    gone.close();
    JsonObject service =
        gateway.create(
            CoreEntities.SERVICES,
            new JsonObject().put("host", "127.0.0.1").put("port", port).put("retries", 1));
    JsonObject route =
        gateway.create(
            CoreEntities.ROUTES,
            new JsonObject().put("paths", new JsonArray().add("/gone")).put("service", service));
    gateway.plugin("probe", new JsonObject(), route);
    assertThat(gateway.get("/gone").statusCode()).isEqualTo(502);
    Seen one = next();
    assertThat(one.attempts()).hasSize(1).allMatch(each -> each.failure().orElse(0) == 502);
    assertThat(one.fromUpstream()).isFalse();
    assertThat(one.timeline().answered()).isGreaterThan(one.timeline().sentUpstream());
  }

  @Test
  void theGatewaysOwnAnswersNeverWentUpstream() throws InterruptedException {
    gateway.plugin("probe", new JsonObject().put("answers", true), gateway.route("/no"));
    assertThat(gateway.get("/no").statusCode()).isEqualTo(403);
    Seen one = next();
    assertThat(one.timeline().sentUpstream()).isEqualTo(-1);
    assertThat(one.timeline().answered()).isEqualTo(-1);
    assertThat(one.attempts()).isEmpty();
    assertThat(one.fromUpstream()).isFalse();
  }

  @Test
  void aPluginFinishesBeforeItIsStopped() {
    Probe brief = new Probe();
    TestGateway.with(brief).start().close();
    assertThat(brief.finished).isTrue();
    assertThat(brief.stoppedBefore).isFalse();
  }
}
