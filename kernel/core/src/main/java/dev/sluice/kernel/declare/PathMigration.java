package dev.sluice.kernel.declare;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.regex.Pattern;

/** Documents of old formats: there a path with characters of regular expressions was one, without saying so. */
final class PathMigration {

  private static final Set<Object> OLD = Set.of("1.1", "2.1");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~/%-]*");

  private PathMigration() {}

  /** The same document in the newest format. */
  static JsonObject toNewest(JsonObject document) {
    Object version = document.getValue("_format_version");
    if (version == null || !OLD.contains(version)) {
      return document;
    }
    JsonObject newest = document.copy().put("_format_version", "3.0");
    routes(newest);
    if (newest.getValue("services") instanceof JsonArray services) {
      services.stream().filter(JsonObject.class::isInstance).forEach(service -> routes((JsonObject) service));
    }
    return newest;
  }

  private static void routes(JsonObject holder) {
    if (holder.getValue("routes") instanceof JsonArray routes) {
      for (Object route : routes) {
        if (route instanceof JsonObject object && object.getValue("paths") instanceof JsonArray paths) {
          for (int i = 0; i < paths.size(); i++) {
            if (paths.getValue(i) instanceof String path && !PLAIN.matcher(path).matches()) {
              paths.set(i, path.startsWith("~") ? path : "~" + path);
            }
          }
        }
      }
    }
  }
}
