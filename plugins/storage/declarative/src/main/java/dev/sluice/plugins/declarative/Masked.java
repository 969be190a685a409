package dev.sluice.plugins.declarative;

import dev.sluice.api.Catalog;
import dev.sluice.api.entity.EntityType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Documents and differences for the eyes: what schemas call encrypted, and what is named like a secret, cannot be read.
 * A reference to a secret can: it is none. Safe for all threads.
 */
final class Masked {

  static final String MASK = "******";

  /** A document that bears it is refused as any with a field that nobody knows: masks must never become secrets. */
  static final String MARK = "_masked";

  private static final Pattern LOOKS =
      Pattern.compile("(?:.*[._-])?(?:key|key_alt|jwk|secret|password|passwd|passphrase|token|credentials?)");
  private static final Pattern REFERENCE = Pattern.compile("\\{vault://.*}");

  private final Map<String, Set<String>> secrets = new HashMap<>();

  Masked(Catalog catalog) {
    for (EntityType<?> type : catalog.entityTypes().values()) {
      collect(type.schema().render(), of(type.name()));
    }
    catalog.filters().values().forEach(factory -> collect(factory.schema().render(), of("plugins")));
    catalog.vaults().values().forEach(factory -> collect(factory.schema().render(), of("vaults")));
  }

  private Set<String> of(String type) {
    return secrets.computeIfAbsent(type, name -> new HashSet<>());
  }

  /** Finds the fields of a rendered schema that are marked, however deep. */
  private static void collect(Object rendered, Set<String> found) {
    if (rendered instanceof JsonArray array) {
      array.forEach(each -> collect(each, found));
    } else if (rendered instanceof JsonObject object) {
      for (Map.Entry<String, Object> entry : object) {
        if (entry.getValue() instanceof JsonObject field && Boolean.TRUE.equals(field.getValue("encrypted"))) {
          found.add(entry.getKey());
        }
        collect(entry.getValue(), found);
      }
    }
  }

  /** A document, marked so that it cannot be applied. */
  JsonObject document(JsonObject document) {
    JsonObject shown = new JsonObject().put(MARK, true);
    document.forEach(entry -> shown.put(entry.getKey(), value(entry.getKey(), "", entry.getValue())));
    return shown;
  }

  /** What has changed, or would. */
  JsonObject changes(JsonObject outcome) {
    JsonObject shown = new JsonObject();
    outcome.forEach(
        kind -> shown.put(kind.getKey(), kind.getValue() instanceof JsonArray list ? changes(list) : kind.getValue()));
    return shown;
  }

  private JsonArray changes(JsonArray list) {
    JsonArray shown = new JsonArray();
    for (Object each : list) {
      JsonObject change = ((JsonObject) each).copy();
      if (change.getValue("fields") instanceof JsonObject fields) {
        JsonObject masked = new JsonObject();
        for (String field : fields.fieldNames()) {
          JsonObject sides = new JsonObject();
          fields.getJsonObject(field)
              .forEach(side -> sides.put(side.getKey(), value(change.getString("type"), field, side.getValue())));
          masked.put(field, sides);
        }
        change.put("fields", masked);
      }
      shown.add(change);
    }
    return shown;
  }

  private Object value(String type, String field, Object value) {
    if (value instanceof JsonObject object) {
      JsonObject shown = new JsonObject();
      object.forEach(entry -> shown.put(entry.getKey(), value(type, entry.getKey(), entry.getValue())));
      return shown;
    }
    if (value instanceof JsonArray array) {
      JsonArray shown = new JsonArray();
      array.forEach(each -> shown.add(value(type, field, each)));
      return shown;
    }
    return value instanceof String text && isSecret(type, field) && !REFERENCE.matcher(text).matches() ? MASK : value;
  }

  private boolean isSecret(String type, String field) {
    return secrets.getOrDefault(type, Set.of()).contains(field)
        || LOOKS.matcher(field.toLowerCase(Locale.ROOT)).matches();
  }
}
