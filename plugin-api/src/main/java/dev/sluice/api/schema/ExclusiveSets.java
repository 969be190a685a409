package dev.sluice.api.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Two sets of fields that exclude each other. */
final class ExclusiveSets extends EntityCheck {

  private final List<String> one;
  private final List<String> other;

  ExclusiveSets(List<String> one, List<String> other) {
    this.one = List.copyOf(one);
    this.other = List.copyOf(other);
  }

  @Override
  void run(CheckRun run) {
    List<String> first = one.stream().filter(run::isNonEmpty).toList();
    List<String> second = other.stream().filter(run::isNonEmpty).toList();
    if (!first.isEmpty() && !second.isEmpty()) {
      run.errors().addEntity("these sets are mutually exclusive: ("
          + LuaText.quoted(first) + "), (" + LuaText.quoted(second) + ")");
    }
  }

  @Override
  public JsonObject render() {
    return new JsonObject().put("mutually_exclusive_sets", new JsonObject()
        .put("set1", new JsonArray(one))
        .put("set2", new JsonArray(other)));
  }
}
