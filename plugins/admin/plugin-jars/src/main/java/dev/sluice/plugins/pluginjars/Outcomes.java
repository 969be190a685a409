package dev.sluice.plugins.pluginjars;

import dev.sluice.api.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the node tells of its jars, and what becomes of one that has just been put there. */
final class Outcomes {

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A refusal that was told before is of this jar too when it still is after the node has looked again. */
  private static final Duration SETTLED = Duration.ofSeconds(5);

  private final PluginContext context;

  Outcomes(PluginContext context) {
    this.context = context;
  }

  /**
   * What became of a jar.
   *
   * @param row as the node tells it
   * @param refusal the node's reason, when it was refused
   */
  record Outcome(JsonObject row, Optional<String> refusal) {}

  /** The jars of this node. */
  List<JsonObject> jars() {
    JsonArray plugins = context.node().status().getJsonArray("plugins", new JsonArray());
    return plugins.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList();
  }

  /** The generation of a plugin that serves. */
  Optional<JsonObject> serving(String plugin) {
    return jars().stream()
        .filter(row -> plugin.equals(row.getString("name")) && row.containsKey("generation"))
        .filter(row -> !"draining".equals(row.getString("state")))
        .findFirst();
  }

  /** Why a file is refused. */
  Optional<String> refusal(String file) {
    return jars().stream()
        .filter(row -> file.equals(row.getString("file")) && "refused".equals(row.getString("state")))
        .map(row -> row.getString("reason", "it is refused"))
        .findFirst();
  }

  /**
   * Looks until the node has decided, or for as long as somebody may wait.
   *
   * @param stale why the file was refused before
   */
  Future<Outcome> of(JarHead jar, String file, Optional<String> stale) {
    Promise<Outcome> outcome = Promise.promise();
    look(jar, file, stale, context.clock().millis(), outcome);
    return outcome.future();
  }

  private void look(JarHead jar, String file, Optional<String> stale, long begun, Promise<Outcome> outcome) {
    long waited = context.clock().millis() - begun;
    Optional<JsonObject> serves =
        serving(jar.plugin()).filter(row -> jar.generation().equals(row.getString("generation")));
    Optional<String> refusal =
        refusal(file).filter(why -> waited > SETTLED.toMillis() || !why.equals(stale.orElse("")));
    if (serves.isPresent()) {
      outcome.complete(new Outcome(serves.get(), Optional.empty()));
    } else if (refusal.isPresent()) {
      outcome.complete(new Outcome(row(jar, file, "refused"), refusal));
    } else if (waited > PATIENCE.toMillis()) {
      outcome.complete(new Outcome(row(jar, file, "pending"), Optional.empty()));
    } else {
      context.after(LOOK, () -> look(jar, file, stale, begun, outcome));
    }
  }

  private static JsonObject row(JarHead jar, String file, String state) {
    return new JsonObject()
        .put("name", jar.plugin())
        .put("version", jar.version())
        .put("generation", jar.generation())
        .put("file", file)
        .put("state", state);
  }
}
