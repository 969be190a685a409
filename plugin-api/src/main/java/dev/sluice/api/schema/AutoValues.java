package dev.sluice.api.schema;

import dev.sluice.api.schema.Rule.Kind;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.UUID;

/** Makes up the values of automatic fields. */
final class AutoValues {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 32;

  private AutoValues() {}

  static void fill(String name, BaseField<?> field, JsonObject data, Pass pass) {
    if (field instanceof NumberField) {
      boolean created = name.equals("created_at") && !pass.isUpdate() && data.getValue(name) == null;
      if (created || name.equals("updated_at")) {
        data.put(name, now(field, pass));
      }
    } else if (!pass.isUpdate() && field.traits().rule(Kind.UUID).isPresent()) {
      if (data.getValue(name) == null) {
        data.put(name, UUID.randomUUID().toString());
      }
    } else if (!pass.isUpdate() && !data.containsKey(name)) {
      data.put(name, random());
    }
  }

  private static Number now(BaseField<?> field, Pass pass) {
    long millis = pass.run().clock().millis();
    return field.type().equals("integer") ? Values.canonical(millis / 1000) : Values.canonical(millis / 1000d);
  }

  private static String random() {
    StringBuilder text = new StringBuilder(LENGTH);
    RANDOM.ints(LENGTH, 0, ALPHABET.length()).forEach(i -> text.append(ALPHABET.charAt(i)));
    return text.toString();
  }
}
