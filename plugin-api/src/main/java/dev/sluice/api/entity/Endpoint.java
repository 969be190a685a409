package dev.sluice.api.entity;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * One entry of a route's {@code sources} or {@code destinations}; what it names must match all of it.
 *
 * @param ip an address or a block of them
 * @param port a port
 */
public record Endpoint(Optional<String> ip, Optional<Integer> port) {

  static List<Endpoint> all(JsonObject document, String field) {
    return document.getJsonArray(field) == null
        ? List.of()
        : document.getJsonArray(field).stream()
            .map(JsonObject.class::cast)
            .map(
                each ->
                    new Endpoint(
                        Optional.ofNullable(each.getString("ip")), Optional.ofNullable(each.getInteger("port"))))
            .toList();
  }
}
