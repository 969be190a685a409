package dev.sluice.kernel.cli;

import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells whether a gateway runs and is ready. */
@Command(name = "health", mixinStandardHelpOptions = true, description = "Tell whether the gateway runs and is ready.")
final class HealthCommand implements Callable<Integer> {

  @Mixin private NodeOptions node;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Path prefix = node.config().prefix();
    NodeFiles files = new NodeFiles(prefix);
    if (files.process().isEmpty()) {
      throw new CommandException("Sluice is not running at " + prefix);
    }
    Optional<Integer> port = files.port("status_listen.0");
    if (port.isPresent()) {
      String answer = ready(port.get());
      if (!answer.equals("ready")) {
        throw new CommandException("Sluice is running at " + prefix + " but not ready: " + answer);
      }
    }
    spec.commandLine().getOut().println("Sluice is healthy at " + prefix);
    return 0;
  }

  private static String ready(int port) throws InterruptedException {
    Vertx vertx = Vertx.vertx();
    try {
      return WebClient.create(vertx)
          .get(port, "127.0.0.1", "/status/ready")
          .send()
          .map(answer -> answer.statusCode() == 404 ? "ready" : answer.bodyAsJsonObject().getString("message"))
          .toCompletionStage()
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return "its status listener does not answer (" + e.getMessage() + ")";
    } finally {
      vertx.close();
    }
  }
}
