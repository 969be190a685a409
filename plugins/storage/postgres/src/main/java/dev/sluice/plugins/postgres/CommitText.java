package dev.sluice.plugins.postgres;

import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.Mutation.Put;
import dev.sluice.api.store.Reference;
import dev.sluice.api.store.UniqueKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Mutations as the function {@code sluice_commit} takes them. Documents are texts in it: they come back as they are. */
final class CommitText {

  private CommitText() {}

  static String of(List<Mutation> mutations) {
    JsonArray all = new JsonArray();
    for (int i = 0; i < mutations.size(); i++) {
      Mutation mutation = mutations.get(i);
      JsonObject text =
          new JsonObject().put("n", i).put("type", Texts.stored(mutation.type())).put("id", Texts.stored(mutation.id()));
      all.add(mutation instanceof Put put ? put(text, put) : text);
    }
    return all.encode();
  }

  private static JsonObject put(JsonObject text, Put put) {
    put.expiresAt().ifPresent(at -> text.put("expires_at", at));
    return text.put("workspace", Texts.stored(put.workspace()))
        .put("document", put.document().encode())
        .put("fresh", put.create())
        .put("uniques", uniques(put.uniques()))
        .put("refs", references(put.references()))
        .put("tags", new JsonArray(put.tags().stream().map(Texts::stored).toList()));
  }

  private static JsonArray uniques(List<UniqueKey> keys) {
    JsonArray array = new JsonArray();
    for (int i = 0; i < keys.size(); i++) {
      UniqueKey key = keys.get(i);
      array.add(
          new JsonObject()
              .put("n", i)
              .put("workspace", Texts.stored(key.workspace()))
              .put("field", Texts.stored(key.field()))
              .put("value", Texts.key(key.value())));
    }
    return array;
  }

  private static JsonArray references(List<Reference> references) {
    JsonArray array = new JsonArray();
    for (int i = 0; i < references.size(); i++) {
      Reference reference = references.get(i);
      array.add(
          new JsonObject()
              .put("n", i)
              .put("field", Texts.stored(reference.field()))
              .put("type", Texts.stored(reference.type()))
              .put("id", Texts.stored(reference.id())));
    }
    return array;
  }
}
