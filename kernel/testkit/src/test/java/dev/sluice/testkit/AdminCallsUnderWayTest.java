package dev.sluice.testkit;

import dev.sluice.api.Catalog;
import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.admin.AdminRequest;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.admin.AdminSurface;
import dev.sluice.api.admin.AdminSurfaceFactory;
import dev.sluice.testkit.sample.SamplePlugin;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What those who administer a node are told while it stops, or while jars leave. */
class AdminCallsUnderWayTest {

  /** Answers when the test says so, but for what is asked for at once. */
  private static final class Held implements GatewayPlugin, AdminSurfaceFactory {
    private final Promise<AdminResponse> answer = Promise.promise();
    private final CountDownLatch asked = new CountDownLatch(1);

    @Override
    public List<AdminSurfaceFactory> adminSurfaces() {
      return List.of(this);
    }

    @Override
    public String listener() {
      return "admin";
    }

    @Override
    public AdminSurface create(Catalog catalog) {
      return this::handle;
    }

    private Future<AdminResponse> handle(AdminRequest request) {
      if (request.path().equals("/at-once")) {
        return Future.succeededFuture(AdminResponse.message(200, "here"));
      }
      if (request.path().equals("/broken")) {
        return Future.succeededFuture(AdminResponse.message(200, "broken").header("X-Broken", "a\r\nb"));
      }
      asked.countDown();
      return answer.future();
    }
  }

  @TempDir private Path folder;

  private static final String CALL = "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @Test
  void theCallsUnderWayAreAnsweredAndOthersTurnedAway() throws Exception {
    Held held = new Held();
    TestGateway gateway = TestGateway.with(held).start();
    int port = gateway.kernel().port("admin_listen.0");
    try (RawClient underWay = new RawClient(port);
        RawClient late = new RawClient(port)) {
      underWay.send(CALL.formatted("/held"));
      assertThat(held.asked.await(10, TimeUnit.SECONDS)).isTrue();
      late.send(CALL.formatted("/at-once"));
      assertThat(late.readUntil("\"here\"}")).startsWith("HTTP/1.1 200");
      CompletableFuture<Void> closed = CompletableFuture.runAsync(gateway::close);
      String answer;
      do {
        late.send(CALL.formatted("/at-once"));
        answer = late.readUntil("\"}");
      } while (answer.startsWith("HTTP/1.1 200"));
      assertThat(answer).startsWith("HTTP/1.1 503").contains("the node is stopping").containsIgnoringCase("connection: close");
      assertThat(closed).isNotDone();
      held.answer.complete(AdminResponse.message(200, "done"));
      assertThat(underWay.readToEnd()).startsWith("HTTP/1.1 200").contains("done");
      closed.get(15, TimeUnit.SECONDS);
    } finally {
      held.answer.tryComplete(AdminResponse.message(200, "too late"));
    }
  }

  @Test
  void anAnswerThatCannotBeWrittenEndsItsCall() {
    try (TestGateway gateway = TestGateway.with(new Held()).start();
        RawClient client = new RawClient(gateway.kernel().port("admin_listen.0"))) {
      client.send(CALL.formatted("/broken"));
      assertThat(client.readToEnd()).doesNotContain("X-Broken");
    }
  }

  private static boolean draining(TestGateway gateway) {
    return gateway.kernel().node().status().encode().contains(":\"draining\"");
  }

  @Test
  void aJarThatLeavesStaysUntilTheCallsUnderWayAreAnswered() throws Exception {
    TestJar jar = TestJar.named("sample").type(SamplePlugin.class).extension(SamplePlugin.class.getName());
    jar.stamped("0").into(folder);
    Held held = new Held();
    try (TestGateway gateway = TestGateway.with(held).jars(folder).start();
        RawClient underWay = new RawClient(gateway.kernel().port("admin_listen.0"));
        RawClient other = new RawClient(gateway.kernel().port("admin_listen.0"))) {
      underWay.send(CALL.formatted("/held"));
      assertThat(held.asked.await(10, TimeUnit.SECONDS)).isTrue();
      long before = gateway.kernel().snapshot().registry().version();
      jar.stamped("1").into(folder);
      Await.until("it is replaced", () -> gateway.kernel().snapshot().registry().version() > before);
      gateway.consumer("written-after-it");
      for (int i = 0; i < 20; i++) {
        other.send(CALL.formatted("/at-once"));
        assertThat(other.readUntil("\"here\"}")).startsWith("HTTP/1.1 200");
      }
      assertThat(draining(gateway)).isTrue();
      held.answer.complete(AdminResponse.message(200, "done"));
      assertThat(underWay.readUntil("\"}")).contains("done");
      Await.until("it is gone", () -> !draining(gateway));
    }
  }
}
