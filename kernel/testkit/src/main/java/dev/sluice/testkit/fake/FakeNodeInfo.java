package dev.sluice.testkit.fake;

import dev.sluice.api.NodeInfo;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A node of which the prefix and the settings are given by the test. */
final class FakeNodeInfo implements NodeInfo {

  private final Path prefix;
  private final Map<String, String> settings = new ConcurrentHashMap<>();

  FakeNodeInfo(Path prefix) {
    this.prefix = prefix;
  }

  void set(String key, String value) {
    settings.put(key, value);
  }

  @Override
  public String nodeId() {
    return "00000000-0000-4000-8000-000000000001";
  }

  @Override
  public String hostname() {
    return "node.test";
  }

  @Override
  public String version() {
    return "0.0.0-test";
  }

  @Override
  public String compatibleVersion() {
    return "3.9.3";
  }

  @Override
  public Path prefix() {
    return prefix;
  }

  @Override
  public JsonObject configuration() {
    JsonObject configuration = new JsonObject();
    settings.forEach(configuration::put);
    return configuration;
  }

  @Override
  public Optional<String> setting(String key) {
    return Optional.ofNullable(settings.get(key));
  }

  @Override
  public JsonObject status() {
    return new JsonObject();
  }
}
