package dev.sluice.testkit;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.Registration;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.request.EndedRequest;
import dev.sluice.api.request.RequestObserver;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Who observes requests is told of each, on its event loop, until it has had enough. */
class RequestObserverTest {

  private final LinkedBlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
  private final AtomicInteger made = new AtomicInteger();
  private final Set<RequestObserver> ticked = ConcurrentHashMap.newKeySet();
  private Registration registration;
  private TestGateway gateway;

  private record Seen(
      String method,
      String path,
      int status,
      boolean fromUpstream,
      String route,
      String upstream,
      int port,
      long received,
      long sent,
      long took,
      long waited) {

    static Seen of(EndedRequest request) {
      return new Seen(
          request.method(),
          request.path(),
          request.status(),
          request.fromUpstream(),
          request.route().map(each -> each.route().id()).orElse(""),
          request.upstream().map(each -> each.name()).orElse(""),
          request.target().map(each -> each.port()).orElse(0),
          request.received(),
          request.sent(),
          request.tookNanos(),
          request.upstreamNanos());
    }
  }

  private final class Watch implements RequestObserver {
    private final Thread[] own = {null};

    @Override
    public void ended(EndedRequest request) {
      assertOwn();
      seen.add(Seen.of(request));
    }

    @Override
    public void tick() {
      assertOwn();
      ticked.add(this);
    }

    private void assertOwn() {
      if (own[0] == null) {
        own[0] = Thread.currentThread();
      }
      assertThat(Thread.currentThread()).isSameAs(own[0]);
    }
  }

  private final class Watching implements GatewayPlugin {
    @Override
    public void start(PluginContext context) {
      context.onRequest(() -> {
        throw new IllegalStateException("this one is never ready");
      });
      registration = context.onRequest(() -> {
        made.incrementAndGet();
        return new Watch();
      });
    }
  }

  @BeforeEach
  void start() {
    gateway = TestGateway.with(new Watching()).start();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private Seen next() throws InterruptedException {
    Seen one = seen.poll(10, TimeUnit.SECONDS);
    assertThat(one).isNotNull();
    return one;
  }

  @Test
  void toldOfWhatTheUpstreamAnswered() throws Exception {
    TestBackend backend = gateway.backend(TestBackend.echo());
    JsonObject route = gateway.route("/x", backend);
    Buffer answer =
        gateway.send(HttpMethod.POST, "/x/y?status=201&key=secret", Map.of(), Buffer.buffer("five!")).bodyAsBuffer();
    Seen one = next();
    assertThat(one)
        .extracting(Seen::method, Seen::path, Seen::status, Seen::fromUpstream, Seen::route)
        .containsExactly("POST", "/x/y", 201, true, route.getString("id"));
    assertThat(one).extracting(Seen::upstream, Seen::port).containsExactly("127.0.0.1", backend.port());
    assertThat(one).extracting(Seen::received, Seen::sent).containsExactly(5L, (long) answer.length());
    assertThat(one.waited()).isPositive().isLessThan(one.took());
  }

  @Test
  void toldOfWhatTheGatewayAnswered() throws Exception {
    gateway.get("/nowhere");
    assertThat(next())
        .extracting(Seen::status, Seen::fromUpstream, Seen::route, Seen::upstream, Seen::waited)
        .containsExactly(404, false, "", "", -1L);
    gateway.send(HttpMethod.GET, "/", Map.of("Host", "a b"), Buffer.buffer());
    assertThat(next()).extracting(Seen::status, Seen::path, Seen::route).containsExactly(400, "/", "");
  }

  @Test
  void toldWhichUpstreamHadNobody() throws Exception {
    gateway.create(CoreEntities.UPSTREAMS, new JsonObject().put("name", "empty.test"));
    JsonObject service = gateway.create(CoreEntities.SERVICES, new JsonObject().put("host", "empty.test"));
    gateway.create(
        CoreEntities.ROUTES, new JsonObject().put("paths", new JsonArray().add("/e")).put("service", service));
    gateway.get("/e");
    assertThat(next())
        .extracting(Seen::status, Seen::upstream, Seen::port, Seen::waited)
        .containsExactly(503, "empty.test", 0, -1L);
  }

  @Test
  void eachEventLoopHasItsOwnAndTurns() {
    Await.until("both have turned", () -> ticked.size() == 2);
    assertThat(made).hasValue(2);
  }

  @Test
  void toldNoMoreWhenItHasEnough() throws Exception {
    gateway.get("/a");
    assertThat(next().path()).isEqualTo("/a");
    registration.close();
    gateway.get("/b");
    gateway.get("/b");
    assertThat(seen).isEmpty();
  }
}
