package dev.sluice.kernel.declare;

import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Types;
import dev.sluice.api.store.StoredEntity;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The ids of entities for which a document gives none: the same ones for the same document, and the same as Kong's. In
 * workspaces other than the default one they are others, since entities of the same name live side by side.
 */
final class Ids {

  private static final UUID ROOT = UUID.fromString("fd02801f-0957-4a15-a55a-c8d9606f30b5");

  /** Types that are known by their endpoint key alone. */
  private static final Set<String> BY_NAME =
      Set.of("consumers", "key_sets", "routes", "services", "snis", "upstreams");

  private static final Map<String, List<String>> KEYS =
      Map.of(
          "ca_certificates", List.of("cert_digest"),
          "keys", List.of("kid", "set"),
          "plugins", List.of("name", "route", "service", "consumer"),
          "targets", List.of("upstream", "target"),
          "vaults", List.of("prefix"));

  /** How often a content without a key was met: two entities may be alike. */
  private final Map<String, Integer> met = new HashMap<>();

  private final UUID root;

  /**
   * Makes up ids.
   *
   * @param workspace the id of the workspace that the document is for
   */
  Ids(String workspace) {
    this.root = workspace.equals(StoredEntity.DEFAULT_WORKSPACE) ? ROOT : Uuid5.of(ROOT, workspace);
  }

  /** An id as it is stored; what is no UUID stays as it is. */
  static String normal(String id) {
    return Types.isUuid(id) ? id.toLowerCase(Locale.ROOT) : id;
  }

  static UUID namespace(String type) {
    return Uuid5.of(ROOT, type);
  }

  String of(Item item) {
    String type = item.type().name();
    return Uuid5.of(Uuid5.of(root, type), key(item).orElseGet(() -> content(item))).toString();
  }

  private static Optional<String> key(Item item) {
    EntityType<?> type = item.type();
    if (BY_NAME.contains(type.name())) {
      return type.endpointKey().flatMap(item::text);
    }
    List<String> fields =
        KEYS.getOrDefault(
            type.name(),
            type.uniqueSets().isEmpty() ? type.endpointKey().stream().toList() : type.uniqueSets().get(0));
    StringBuilder key = new StringBuilder(type.name()).append(":*");
    boolean any = false;
    for (String field : fields) {
      Optional<String> part = part(item, field);
      boolean needed = Optional.ofNullable(type.schema().fields().get(field))
          .map(found -> found.isRequired() || found.isAuto())
          .orElse(false);
      if (part.isEmpty() && needed) {
        return Optional.empty();
      }
      any |= part.isPresent();
      key.append(':').append(part.orElse(""));
    }
    return any ? Optional.of(key.toString()) : Optional.empty();
  }

  /** A reference counts as it is written; to the entity around, by its id. */
  private static Optional<String> part(Item item, String field) {
    if (item.own().getValue(field) == null && item.parentField().equals(field)) {
      return item.parent().map(Item::id);
    }
    if (item.own().getValue(field) instanceof JsonObject reference) {
      return Optional.ofNullable(reference.getValue("id")).map(String::valueOf);
    }
    return Optional.ofNullable(item.own().getValue(field)).map(String::valueOf);
  }

  /** Kong makes up a random id here. One that follows from the content keeps what hangs on ids over reloads. */
  private String content(Item item) {
    String text = item.type().name() + ':' + item.parent().map(Item::id).orElse("") + ':' + Canonical.text(item.own());
    int before = met.merge(text, 1, Integer::sum) - 1;
    return text + ':' + before;
  }
}
