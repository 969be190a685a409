package dev.sluice.plugins.mirror;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.plugins.deployment.Attachments;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.Load;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.contract.DeploymentStrategyContract;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** It is a strategy that leaves all requests where they are. */
class MirrorContractTest extends DeploymentStrategyContract {

  @TempDir private Path plugins;

  @Override
  protected String plugin() {
    return "mirror";
  }

  @Override
  protected GatewayPlugin subject() {
    return new MirrorPlugin();
  }

  @Override
  protected TestJar jar() {
    return super.jar().library(Attachments.class);
  }

  @Override
  protected JsonObject config() {
    return new JsonObject().put("upstream", "shadow-up");
  }

  @Test
  void itsJarMayComeAndGoUnderLoad() throws IOException {
    Path jar = jar().into(plugins);
    AtomicInteger copies = new AtomicInteger();
    try (TestGateway gateway = TestGateway.with().jars(plugins).start()) {
      JsonObject route = gateway.route("/x");
      TestBackend shadow = gateway.backend(TestBackend.of(request -> {
        copies.incrementAndGet();
        request.response().end("other");
      }));
      MirrorSetUp.upstream(gateway, "shadow-up", shadow.port());
      gateway.plugin("mirror", config(), route);
      try (Load load = Load.on(gateway.proxyPort(), "/x", 4, (answer, body) -> answer.statusCode() == 200)) {
        Await.until("there are copies", () -> copies.get() > 0);
        Files.delete(jar);
        Await.until("there are none", () -> {
          int before = copies.get();
          load.awaitMore(20);
          return copies.get() == before;
        });
        Await.until("its class loader is collected", () -> {
          System.gc();
          return Await.result(gateway.kernel().uncollectedLoaders()) == 0;
        });
        int before = copies.get();
        jar().into(plugins);
        Await.until("there are copies again", () -> copies.get() > before);
        assertThat(load.failed()).as(load.failures()).isZero();
      }
    }
  }
}
