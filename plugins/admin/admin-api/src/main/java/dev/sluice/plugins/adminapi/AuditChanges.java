package dev.sluice.plugins.adminapi;

import dev.sluice.api.entity.EntityChange;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes down what was before and what is now, field by field, without secrets. */
final class AuditChanges {

  /** In characters; a configuration as a whole may be of any size, and a record must stay readable. */
  private static final int MOST = 64 * 1024;

  private static final String MORE = "more";

  private final Secrets secrets;

  AuditChanges(Secrets secrets) {
    this.secrets = secrets;
  }

  /** Adds the changes to a record as far as there is room, and how many there are more. */
  JsonObject add(JsonObject record, List<EntityChange> changes) {
    JsonArray shown = new JsonArray();
    Map<String, Integer> more = new TreeMap<>();
    int length = 0;
    for (EntityChange change : changes) {
      if (length < MOST) {
        JsonObject json = json(change);
        length += json.encode().length();
        if (length < MOST) {
          shown.add(json);
          continue;
        }
      }
      more.merge(change.kind(), 1, Integer::sum);
    }
    record.put("changes", shown);
    return more.isEmpty() ? record : record.put(MORE, new JsonObject(new TreeMap<>(more)));
  }

  private JsonObject json(EntityChange change) {
    JsonObject fields = new JsonObject();
    JsonObject from = change.before().orElseGet(JsonObject::new);
    JsonObject to = change.after().orElseGet(JsonObject::new);
    for (String name : change.fields()) {
      fields.put(
          name,
          new JsonObject()
              .put("from", secrets.masked(name, from.getValue(name)))
              .put("to", secrets.masked(name, to.getValue(name))));
    }
    return new JsonObject()
        .put("what", change.kind())
        .put("type", change.type())
        .put("id", change.id())
        .put("fields", fields);
  }
}
