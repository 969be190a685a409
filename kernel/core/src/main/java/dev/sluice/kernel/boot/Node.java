package dev.sluice.kernel.boot;

import dev.sluice.api.NodeInfo;
import dev.sluice.api.schema.VaultReference;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** The node, as plugins see it. */
final class Node implements NodeInfo {

  private static final String MASK = "******";

  private final NodeConfig config;
  private final String nodeId;
  private final String hostname;
  private final Supplier<JsonObject> status;

  Node(NodeConfig config, Supplier<JsonObject> status) {
    this.config = config;
    this.nodeId = nodeId(config);
    this.hostname = machine();
    this.status = status;
  }

  private static String nodeId(NodeConfig config) {
    Optional<String> given = config.text("node_id");
    if (given.isPresent()) {
      try {
        return UUID.fromString(given.get()).toString();
      } catch (IllegalArgumentException e) {
        throw new ConfigException("node_id must be a valid UUID");
      }
    }
    Path file = config.prefix().resolve("node.id");
    try {
      if (Files.isRegularFile(file)) {
        return UUID.fromString(Files.readString(file).trim()).toString();
      }
      Files.createDirectories(config.prefix());
      String fresh = UUID.randomUUID().toString();
      Files.writeString(file, fresh);
      return fresh;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the node's id in " + file, e);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(file + " holds no UUID");
    }
  }

  static String machine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  @Override
  public String nodeId() {
    return nodeId;
  }

  @Override
  public String hostname() {
    return hostname;
  }

  @Override
  public String version() {
    return Version.SLUICE;
  }

  @Override
  public String compatibleVersion() {
    return Version.COMPATIBLE;
  }

  @Override
  public Path prefix() {
    return config.prefix();
  }

  @Override
  public Path pluginsFolder() {
    return Kernel.pluginsFolder(config);
  }

  @Override
  public Optional<String> setting(String key) {
    return config.text(key);
  }

  @Override
  public JsonObject configuration() {
    JsonObject shown = new JsonObject();
    for (Map.Entry<String, String> entry : new TreeMap<>(config.all()).entrySet()) {
      shown.put(entry.getKey(), value(entry.getKey(), entry.getValue()));
    }
    for (String listener : List.of("proxy", "admin", "admin_gui", "status", "stream")) {
      List<Listen> listens = Listen.parse(config, listener + "_listen");
      JsonArray array = new JsonArray();
      listens.forEach(listen -> array.add(listener(listen)));
      shown.put(listener + "_listeners", array.isEmpty() ? new JsonObject() : array);
      boolean ssl = listens.stream().anyMatch(Listen::ssl);
      shown.put(listener.equals("stream") ? "stream_proxy_ssl_enabled" : listener + "_ssl_enabled", ssl);
    }
    return shown;
  }

  private Object value(String name, String text) {
    Setting setting = Setting.ALL.get(name);
    if (setting == null || VaultReference.is(text)) {
      return text;
    }
    return switch (setting.kind()) {
      case SECRET -> MASK;
      case BOOLEAN -> config.flag(name);
      case NUMBER -> number(text);
      case LIST -> new JsonArray(config.list(name));
      default -> text;
    };
  }

  private static Number number(String text) {
    double value = Double.parseDouble(text);
    return value == Math.rint(value) ? (Number) (long) value : (Number) value;
  }

  private static JsonObject listener(Listen listen) {
    return new JsonObject()
        .put("ip", listen.host())
        .put("port", listen.port())
        .put("listener", listen.written())
        .put("ssl", listen.ssl())
        .put("http2", listen.http2())
        .put("reuseport", listen.flags().contains("reuseport"))
        .put("proxy_protocol", listen.flags().contains("proxy_protocol"));
  }

  @Override
  public JsonObject status() {
    return status.get();
  }
}
