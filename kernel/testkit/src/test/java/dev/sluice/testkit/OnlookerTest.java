package dev.sluice.testkit;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.deployment.CopiedAnswer;
import dev.sluice.api.deployment.Copies;
import dev.sluice.api.deployment.CopyFailedException;
import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.api.deployment.DeploymentStrategyFactory;
import dev.sluice.api.deployment.GroupDefinition;
import dev.sluice.api.deployment.Onlooker;
import dev.sluice.api.deployment.RolloutStatus;
import dev.sluice.api.deployment.Selection;
import dev.sluice.api.deployment.ShadowStrategy;
import dev.sluice.api.deployment.TargetGroups;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.schema.ConfigSchema;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Who looks on is shown what passes, and can neither change nor fail it. */
class OnlookerTest {

  private static final int MOST = 10_000;

  private final Queue<String> told = new ConcurrentLinkedQueue<>();
  private final Queue<Long> latencies = new ConcurrentLinkedQueue<>();
  private volatile Runnable before = () -> {};
  private TestGateway gateway;

  private final class Plugin implements GatewayPlugin {
    @Override
    public List<DeploymentStrategyFactory<?>> deploymentStrategies() {
      return List.of(new Factory());
    }
  }

  private final class Factory implements DeploymentStrategyFactory<JsonObject> {
    @Override
    public String name() {
      return "looking";
    }

    @Override
    public int priority() {
      return 1;
    }

    @Override
    public ConfigSchema<JsonObject> schema() {
      return ConfigSchema.any(config -> config);
    }

    @Override
    public DeploymentStrategy create(JsonObject config) {
      return new Looking();
    }
  }

  private final class Looking implements ShadowStrategy {
    @Override
    public List<GroupDefinition> groups() {
      return List.of(GroupDefinition.upstream("nobody", "no-such-upstream"));
    }

    @Override
    public Selection select(RequestContext context, TargetGroups groups) {
      return Selection.of(Selection.REST, "always");
    }

    @Override
    public Optional<Onlooker> onlooker(RequestContext context) {
      String fails = context.request().headers().get("X-Fails").orElse("");
      fail(fails, "onlooker");
      context.request().headers().get("X-Before").ifPresent(asked -> before.run());
      return fails.equals("nobody") ? Optional.empty() : Optional.of(new Eyes(fails));
    }

    @Override
    public RolloutStatus status() {
      return new RolloutStatus("looking", Map.of(Selection.REST, 1.0));
    }
  }

  private static void fail(String wanted, String here) {
    if (wanted.equals(here)) {
      throw new IllegalStateException("told to");
    }
  }

  private final class Eyes implements Onlooker {
    private final String fails;

    private Eyes(String fails) {
      this.fails = fails;
    }

    @Override
    public int maxBody() {
      return MOST;
    }

    @Override
    public void sent(Copies copies) {
      told.add("sent");
      fail(fails, "sent");
      if (fails.equals("copies")) {
        copies.send(Selection.REST, Map.of("X-Copy", "yes")).onComplete(done -> told(done));
        copies.send("nobody", Map.of()).onComplete(done -> told(done));
      }
    }

    private void told(AsyncResult<CopiedAnswer> done) {
      told.add(done.succeeded()
          ? "copy " + done.result().status() + " " + done.result().body().toJsonObject().getJsonObject("headers").getValue("x-copy")
          : "copy " + ((CopyFailedException) done.cause()).reason());
    }

    @Override
    public void tooLarge() {
      told.add("too large");
      fail(fails, "tooLarge");
    }

    @Override
    public void outgrown(CopiedAnswer answer) {
      told.add("outgrown " + answer.whole() + " " + answer.body().length());
    }

    @Override
    public void ended(Optional<CopiedAnswer> answer) {
      answer.ifPresent(each -> latencies.add(each.latencyNanos()));
      told.add("ended " + answer.map(each -> each.status() + " " + each.whole()).orElse("without"));
      fail(fails, "ended");
    }
  }

  @BeforeEach
  void start() {
    gateway = TestGateway.with(new Plugin()).start();
    gateway.plugin("looking", new JsonObject(), gateway.route("/x"));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void go(String fails, Buffer body) {
    told.clear();
    assertThat(gateway.send(HttpMethod.POST, "/x", Map.of("X-Fails", fails), body).statusCode()).isEqualTo(200);
  }

  private void told(String... lines) {
    Await.until("so much is told", () -> told.size() >= lines.length);
    assertThat(told).containsExactlyInAnyOrder(lines);
  }

  @Test
  void whatPassesIsShown() {
    go("never", Buffer.buffer("x"));
    told("sent", "ended 200 true");
    go("nobody", Buffer.buffer("x"));
    assertThat(told).isEmpty();
    go("never", Buffer.buffer("x".repeat(MOST + 1)));
    told("too large", "outgrown false 0", "ended 200 false");
  }

  @Test
  void copiesAreLent() {
    go("copies", Buffer.buffer("x"));
    told("sent", "ended 200 true", "copy NO_TARGET", "copy 200 [\"yes\"]");
  }

  @Test
  void whoFailsToLookFailsNothingElse() {
    go("onlooker", Buffer.buffer("x"));
    assertThat(told).isEmpty();
    go("sent", Buffer.buffer("x"));
    told("sent", "ended 200 true");
    go("tooLarge", Buffer.buffer("x".repeat(MOST + 1)));
    told("too large", "outgrown false 0", "ended 200 false");
    go("ended", Buffer.buffer("x"));
    told("sent", "ended 200 true");
  }

  private void route(String path, RawOrigin origin) {
    JsonObject service =
        gateway.create(CoreEntities.SERVICES, new JsonObject().put("host", "127.0.0.1").put("port", origin.port()));
    JsonObject route =
        gateway.create(
            CoreEntities.ROUTES,
            new JsonObject()
                .put("paths", new JsonArray().add(path))
                .put("request_buffering", false)
                .put("service", new JsonObject().put("id", service.getString("id"))));
    gateway.plugin("looking", new JsonObject(), route);
  }

  @Test
  void whatFailsWhileItIsSentHasNotBeenSent() {
    CountDownLatch late = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    RawOrigin origin =
        new RawOrigin(
            call -> {
              call.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
              if (call.number() > 1) {
                return true;
              }
              await(late);
              call.reset();
              gone.countDown();
              return false;
            });
    try (origin; RawClient client = new RawClient(gateway.proxyPort())) {
      route("/raw", origin);
      String post = "POST /raw HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n";
      client.send(post + "\r\n").readUntil("ok");
      told("sent", "ended 200 true");
      told.clear();
      // The event loop does not hear of the reset before it writes.
      before = () -> {
        late.countDown();
        await(gone);
      };
      assertThat(client.send(post + "X-Before: yes\r\n\r\n").readUntil("\r\n\r\n")).contains("502");
      told("ended without");
      client.send(post + "\r\n").readUntil("ok");
      Await.until("all is told", () -> told.contains("ended 200 true"));
      assertThat(told).containsExactly("ended without", "sent", "ended 200 true");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody came");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whoAnswersBeforeTheEndOfTheRequestTakesNoTime() {
    RawOrigin origin = RawOrigin.saying("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    try (origin; RawClient client = new RawClient(gateway.proxyPort())) {
      route("/raw", origin);
      client.send("POST /raw HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhalf ").readUntil("ok");
      Await.until("it is over", () -> told.contains("ended 200 true"));
      assertThat(latencies).containsExactly(0L);
    }
  }
}
