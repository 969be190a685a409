package dev.sluice.kernel.cli;

import dev.sluice.kernel.boot.Kernel;
import dev.sluice.kernel.boot.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over changed settings when {@code sluice reload} or a signal asks for it, and opens the logs anew: those of the request path and of the log at once;
 * for others it says that they need a restart.
 */
final class Reloader {

  private static final Logger log = LoggerFactory.getLogger(Reloader.class);

  private static final long PATIENCE_SECONDS = 60;

  private static final Set<String> LIVE =
      Set.of(
          "allow_debug_header",
          "client_body_buffer_size",
          "error_default_type",
          "error_template_html",
          "error_template_json",
          "error_template_plain",
          "error_template_xml",
          "headers",
          "headers_upstream",
          "log_format",
          "log_level",
          "nginx_http_client_max_body_size",
          "proxy_error_log",
          "real_ip_header",
          "real_ip_recursive",
          "trusted_ips");

  private final NodeFiles files;
  private final Supplier<NodeConfig> source;
  private final Kernel kernel;
  private NodeConfig current;
  private volatile boolean asked;

  Reloader(NodeFiles files, Supplier<NodeConfig> source, Kernel kernel, NodeConfig current) {
    this.files = files;
    this.source = source;
    this.kernel = kernel;
    this.current = current;
  }

  /** Asks for it, as the command does; nobody reads the answer but the log. From any thread. */
  void ask() {
    asked = true;
  }

  void look() throws IOException {
    if (asked) {
      asked = false;
      reload();
    }
    if (Files.deleteIfExists(files.reloadRequest())) {
      NodeFiles.replace(files.reloadAnswer(), reload());
    }
  }

  private String reload() {
    try {
      NodeConfig next = source.get();
      List<String> restart = new ArrayList<>();
      for (String name : changed(current.all(), next.all())) {
        if (!LIVE.contains(name)) {
          restart.add(name);
        }
      }
      kernel.reload(next);
      declareAgain(next);
      Logs.set(next);
      current = next;
      log.info("settings reloaded");
      if (!restart.isEmpty()) {
        log.warn("these settings have changed and take effect with the next start: {}", restart);
      }
      return restart.isEmpty() ? "ok" : "ok; with the next start: " + String.join(", ", restart);
    } catch (RuntimeException e) {
      log.error("settings could not be reloaded, those before stay: {}", e.getMessage());
      return "failed: " + e.getMessage();
    }
  }

  /** The document is read again when the settings name one; else what was declared later stays. */
  private void declareAgain(NodeConfig next) {
    if (next.text("declarative_config").isPresent() || next.text("declarative_config_string").isPresent()) {
      try {
        kernel.declareAgain().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw new CommandException(String.valueOf(e.getCause().getMessage()));
      } catch (TimeoutException e) {
        throw new CommandException("the declarative configuration is not loaded yet");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandException("interrupted");
      }
    }
  }

  private static Set<String> changed(Map<String, String> before, Map<String, String> after) {
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    names.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
    return names;
  }
}
