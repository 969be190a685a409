package dev.sluice.plugins.adminapi;

import dev.sluice.api.Catalog;
import dev.sluice.api.entity.EntityType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes secrets out of what is written down: the fields that schemas mark as such, and those that look like one. */
final class Secrets {

  static final String MASK = "******";

  private static final Pattern LOOKS =
      Pattern.compile("(?:.*[._-])?(?:key|key_alt|jwk|pem|secret|password|passwd|passphrase|token|credentials?)");
  private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final Set<String> fields = new HashSet<>();
  private final Set<String> parameters = new HashSet<>();

  Secrets(Catalog catalog) {
    for (EntityType<?> type : catalog.entityTypes().values()) {
      collect(type.schema().render());
      type.endpointKey().filter(this::isSecret).ifPresent(key -> parameters.add(type.name()));
    }
    catalog.filters().values().forEach(factory -> collect(factory.schema().render()));
  }

  /** Finds the marked fields of a rendered schema, however deep. */
  private void collect(Object rendered) {
    if (rendered instanceof JsonArray array) {
      array.forEach(this::collect);
    } else if (rendered instanceof JsonObject object) {
      for (Map.Entry<String, Object> entry : object) {
        if (entry.getValue() instanceof JsonObject field
            && (marked(field, "encrypted") || marked(field, "referenceable"))) {
          fields.add(entry.getKey());
        }
        collect(entry.getValue());
      }
    }
  }

  private static boolean marked(JsonObject field, String mark) {
    return Boolean.TRUE.equals(field.getValue(mark));
  }

  private boolean isSecret(String field) {
    return fields.contains(field) || LOOKS.matcher(field.toLowerCase(Locale.ROOT)).matches();
  }

  /** A copy in which the secrets cannot be read; that there is none can be. */
  JsonObject masked(JsonObject body) {
    JsonObject shown = new JsonObject();
    body.forEach(entry -> shown.put(entry.getKey(), masked(entry.getKey(), entry.getValue())));
    return shown;
  }

  /** The value of a field, which cannot be read when the field is a secret. */
  Object masked(String name, Object value) {
    if (value == null || value instanceof Boolean) {
      return value;
    }
    if (isSecret(name)) {
      return MASK;
    }
    if (value instanceof JsonObject object) {
      return masked(object);
    }
    if (value instanceof JsonArray array) {
      JsonArray shown = new JsonArray();
      array.forEach(each -> shown.add(masked("", each)));
      return shown;
    }
    return value;
  }

  /** A path in which no secret stands for an entity. */
  String path(String path, Map<String, String> values) {
    String shown = path;
    for (Map.Entry<String, String> each : values.entrySet()) {
      if (parameters.contains(each.getKey()) && !UUID.matcher(each.getValue()).matches()) {
        shown =
            shown
                .replace("/" + each.getValue(), "/" + MASK)
                .replace("/" + PercentText.encode(each.getValue()), "/" + MASK);
      }
    }
    return shown;
  }
}
