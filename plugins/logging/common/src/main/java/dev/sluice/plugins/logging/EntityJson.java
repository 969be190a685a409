package dev.sluice.plugins.logging;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Entities as an entry shows them: as the Admin API does, but without what is null, and with their workspace. */
public final class EntityJson {

  private EntityJson() {}

  /** A route. */
  public static JsonObject of(Route route, String workspace) {
    JsonObject json = head(route.id(), workspace, route.createdAt(), route.updatedAt(), route.tags());
    put(json, "name", route.name());
    put(json, "protocols", route.protocols());
    put(json, "methods", route.methods());
    put(json, "hosts", route.hosts());
    put(json, "paths", route.paths());
    put(json, "snis", route.snis());
    if (!route.headers().isEmpty()) {
      JsonObject headers = new JsonObject();
      route.headers().forEach((name, values) -> headers.put(name, new JsonArray(values)));
      json.put("headers", headers);
    }
    put(json, "service", route.serviceId().map(EntityJson::reference));
    return json
        .put("https_redirect_status_code", route.httpsRedirectStatus())
        .put("regex_priority", route.regexPriority())
        .put("strip_path", route.stripPath())
        .put("preserve_host", route.preserveHost())
        .put("path_handling", route.pathHandling())
        .put("request_buffering", route.requestBuffering())
        .put("response_buffering", route.responseBuffering());
  }

  /** A service. */
  public static JsonObject of(Service service, String workspace) {
    JsonObject json = head(service.id(), workspace, service.createdAt(), service.updatedAt(), service.tags());
    put(json, "name", service.name());
    put(json, "path", service.path());
    put(json, "client_certificate", service.tls().clientCertificateId().map(EntityJson::reference));
    put(json, "tls_verify", service.tls().verify());
    put(json, "tls_verify_depth", service.tls().verifyDepth());
    put(json, "ca_certificates", service.tls().authorityIds());
    return json
        .put("protocol", service.protocol())
        .put("host", service.host())
        .put("port", service.port())
        .put("retries", service.retries())
        .put("connect_timeout", service.connectTimeout())
        .put("write_timeout", service.writeTimeout())
        .put("read_timeout", service.readTimeout())
        .put("enabled", service.enabled());
  }

  /** A consumer. */
  public static JsonObject of(Consumer consumer, String workspace) {
    JsonObject json = head(consumer.id(), workspace, consumer.createdAt(), consumer.updatedAt(), consumer.tags());
    put(json, "username", consumer.username());
    put(json, "custom_id", consumer.customId());
    return json;
  }

  private static JsonObject head(String id, String workspace, long createdAt, long updatedAt, List<String> tags) {
    JsonObject json =
        new JsonObject().put("id", id).put("ws_id", workspace).put("created_at", createdAt).put("updated_at", updatedAt);
    put(json, "tags", tags);
    return json;
  }

  private static JsonObject reference(String id) {
    return new JsonObject().put("id", id);
  }

  private static void put(JsonObject json, String field, Optional<?> value) {
    value.ifPresent(present -> json.put(field, present));
  }

  private static void put(JsonObject json, String field, List<String> values) {
    if (!values.isEmpty()) {
      json.put(field, new JsonArray(values));
    }
  }
}
