package dev.sluice.kernel.declare;

import dev.sluice.api.entity.EntityType;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The entities of a document that is right, each after all that it refers to.
 *
 * @param rows the entities
 */
public record Declared(List<Row> rows) {

  /**
   * An entity.
   *
   * @param type its type
   * @param id its id
   * @param document complete, in the form in which it is stored
   * @param given the fields that the document names
   * @param ttl seconds to live; empty when the document does not say
   */
  public record Row(
      EntityType<?> type, String id, JsonObject document, Set<String> given, Optional<Long> ttl) {}
}
