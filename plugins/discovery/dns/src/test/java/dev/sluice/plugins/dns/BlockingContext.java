package dev.sluice.plugins.dns;

import dev.sluice.api.NodeInfo;
import dev.sluice.api.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Workers of the test's own, and settings. */
record BlockingContext(Vertx vertx, Map<String, String> settings) implements PluginContext {

  @Override
  public <T> Future<T> blocking(Callable<T> work) {
    return vertx.executeBlocking(work, false);
  }

  @Override
  public NodeInfo node() {
    return new NodeInfo() {
      @Override
      public Optional<String> setting(String key) {
        return Optional.ofNullable(settings.get(key));
      }

      @Override
      public String nodeId() {
        throw new UnsupportedOperationException();
      }

      @Override
      public String hostname() {
        throw new UnsupportedOperationException();
      }

      @Override
      public String version() {
        throw new UnsupportedOperationException();
      }

      @Override
      public String compatibleVersion() {
        throw new UnsupportedOperationException();
      }

      @Override
      public Path prefix() {
        throw new UnsupportedOperationException();
      }

      @Override
      public JsonObject configuration() {
        throw new UnsupportedOperationException();
      }

      @Override
      public JsonObject status() {
        throw new UnsupportedOperationException();
      }
    };
  }
}
