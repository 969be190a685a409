package dev.sluice.kernel.cli;

import dev.sluice.kernel.boot.Kernel;
import dev.sluice.kernel.boot.NodeConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The gateway that commands about configurations talk to, always by its Admin API. A node that runs is asked itself: its
 * database belongs to it alone. When none runs, one is started in this process, which serves nobody but the command and
 * holds the working directory as long, so that no other can come between.
 */
final class ConfigNode implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 120;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final WebClient client = WebClient.create(vertx);
  private final int port;
  private final Optional<Kernel> own;
  private final Optional<Path> scratch;

  private ConfigNode(int port, Optional<Kernel> own, Optional<Path> scratch) {
    this.port = port;
    this.own = own;
    this.scratch = scratch;
  }

  /** The node of the options. */
  static ConfigNode of(NodeOptions options) throws IOException {
    NodeConfig config = options.config();
    NodeFiles files = new NodeFiles(config.prefix());
    if (files.process().isPresent()) {
      int port =
          files
              .port("admin_listen.0")
              .orElseThrow(() -> new CommandException("the gateway that runs has no Admin API to ask"));
      return new ConfigNode(port, Optional.empty(), Optional.empty());
    }
    if (!files.claim()) {
      throw new CommandException("another command is at work in " + config.prefix());
    }
    return started(options, new HashMap<>(), Optional.empty());
  }

  /** A node with nothing in it, on which files can be tried. */
  static ConfigNode apart(NodeOptions options) throws IOException {
    Path scratch = Files.createTempDirectory("sluice-config");
    Map<String, String> settings = new HashMap<>();
    settings.put("prefix", scratch.toString());
    settings.put("database", "off");
    settings.put("declarative_config", "");
    settings.put("declarative_config_string", "");
    return started(options, settings, Optional.of(scratch));
  }

  private static ConfigNode started(NodeOptions options, Map<String, String> settings, Optional<Path> scratch) {
    for (String listener : new String[] {"proxy", "status", "admin_gui", "stream"}) {
      settings.put(listener + "_listen", "off");
    }
    settings.put("admin_listen", "127.0.0.1:0");
    settings.put("nginx_admin_client_max_body_size", "1g");
    settings.put("nginx_worker_processes", "1");
    settings.put("admin_access_log", "off");
    Logs.set(options.debug() ? "debug" : "error", "text");
    Kernel kernel = new Kernel(options.config(settings), Clock.systemUTC());
    try {
      await(kernel.start());
    } catch (CommandException e) {
      scratch.ifPresent(ConfigNode::delete);
      throw new CommandException("no gateway could be started to look at it: " + e.getMessage());
    }
    return new ConfigNode(kernel.port("admin_listen.0"), Optional.of(kernel), scratch);
  }

  private static <T> T await(Future<T> step) {
    try {
      return step.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new CommandException(String.valueOf(e.getCause().getMessage()));
    } catch (TimeoutException e) {
      throw new CommandException("the gateway does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted");
    }
  }

  private HttpRequest<Buffer> request(HttpMethod method, String query) {
    HttpRequest<Buffer> request = client.request(method, port, "127.0.0.1", "/config?" + query);
    Optional.ofNullable(System.getenv("KONG_ADMIN_TOKEN"))
        .ifPresent(token -> request.putHeader("Kong-Admin-Token", token));
    return request;
  }

  /** Sends a document. */
  ConfigAnswer post(String text, String query) {
    var answer =
        await(request(HttpMethod.POST, query).putHeader("Content-Type", "text/yaml").sendBuffer(Buffer.buffer(text)));
    try {
      JsonObject body = answer.bodyAsJsonObject();
      return new ConfigAnswer(answer.statusCode(), body == null ? new JsonObject() : body);
    } catch (DecodeException e) {
      return new ConfigAnswer(answer.statusCode(), new JsonObject().put("message", answer.bodyAsString()));
    }
  }

  /** All entities, as YAML. */
  String export() {
    var answer = await(request(HttpMethod.GET, "export=1").send());
    JsonObject body = answer.bodyAsJsonObject();
    if (answer.statusCode() != 200) {
      throw new CommandException(body.getString("message"));
    }
    return body.getString("config");
  }

  @Override
  public void close() {
    client.close();
    await(vertx.close());
    if (own.isPresent()) {
      await(own.get().stop(0));
    }
    scratch.ifPresent(ConfigNode::delete);
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
