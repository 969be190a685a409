package dev.sluice.plugins.pluginjars;

import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.EntityChange;
import dev.sluice.api.store.StoredEntity;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /plugin-jars}: what runs from which jar, and the way in for a new one. A jar that comes in is code that runs with
 * all the rights of the node, so that the way is closed unless a setting opens it and the Admin API asks for a token.
 */
final class JarEndpoints {

  private static final Logger log = LoggerFactory.getLogger(JarEndpoints.class);
  private static final String PATH = "/plugin-jars";
  private static final String TYPE = "application/java-archive";

  private final PluginContext context;
  private final UploadRule rule;
  private final PluginsFolder folder;
  private final Outcomes outcomes;
  private final AtomicBoolean busy = new AtomicBoolean();

  JarEndpoints(PluginContext context) {
    this.context = context;
    this.rule = new UploadRule(context);
    this.folder = new PluginsFolder(context.node().pluginsFolder());
    this.outcomes = new Outcomes(context);
  }

  List<AdminEndpoint> all() {
    return List.of(
        new AdminEndpoint("GET", PATH, this::list), new AdminEndpoint("POST", PATH, this::upload).taking(TYPE));
  }

  /** Jars are the node's: below another workspace there is no such endpoint. */
  private static Optional<ApiError> elsewhere(AdminCall call) {
    return call.workspace().equals(StoredEntity.DEFAULT_WORKSPACE)
        ? Optional.empty()
        : Optional.of(ApiError.of(404, "Not found"));
  }

  private Future<AdminResponse> list(AdminCall call) {
    Optional<ApiError> elsewhere = elsewhere(call);
    if (elsewhere.isPresent()) {
      return Future.failedFuture(elsewhere.get());
    }
    return rule.refusal(call.request())
        .map(
            refusal -> {
              JsonObject upload = new JsonObject().put("enabled", refusal.isEmpty());
              refusal.ifPresent(why -> upload.put("reason", why));
              return AdminResponse.json(
                  200,
                  new JsonObject()
                      .put("data", new JsonArray(outcomes.jars()))
                      .put("next", null)
                      .put("folder", folder.toString())
                      .put("upload", upload));
            });
  }

  private Future<AdminResponse> upload(AdminCall call) {
    Optional<ApiError> elsewhere = elsewhere(call);
    if (elsewhere.isPresent()) {
      return Future.failedFuture(elsewhere.get());
    }
    return rule.refusal(call.request())
        .compose(
            refusal -> refusal.isPresent() ? Future.failedFuture(ApiError.of(403, refusal.get())) : taken(call));
  }

  private Future<AdminResponse> taken(AdminCall call) {
    Buffer body = call.request().body();
    if (body.length() == 0) {
      return Future.failedFuture(ApiError.of(400, "expected a jar, of type " + TYPE));
    }
    if (!busy.compareAndSet(false, true)) {
      return Future.failedFuture(ApiError.of(409, "another jar is being taken in"));
    }
    boolean replace = call.request().argument("replace").filter("1"::equals).isPresent();
    return context
        .blocking(() -> JarHead.of(body.getBytes()))
        .compose(jar -> takeIn(jar, body, replace, call))
        .onComplete(done -> busy.set(false));
  }

  private Future<AdminResponse> takeIn(JarHead jar, Buffer body, boolean replace, AdminCall call) {
    if (jar.plugin().equals(context.id().name())) {
      // Its own successor would end the call that brings it.
      return Future.failedFuture(ApiError.of(400, "this jar is replaced by a copy into the plugins folder"));
    }
    Optional<JsonObject> before = outcomes.serving(jar.plugin());
    if (before.isPresent() && jar.generation().equals(before.get().getString("generation"))) {
      return Future.succeededFuture(AdminResponse.json(200, before.get().put("id", id(before.get()))));
    }
    if (before.isPresent() && !replace) {
      return Future.failedFuture(
          new ApiError(
              409,
              new JsonObject()
                  .put("message", "plugin '" + jar.plugin() + "' is there; replace=1 replaces it")
                  .put("name", jar.plugin())
                  .put("version", jar.version())
                  .put("serving", before.get())));
    }
    String file = before.map(row -> row.getString("file")).filter(name -> name.endsWith(".jar")).orElse(jar.plugin() + ".jar");
    Optional<String> stale = outcomes.refusal(file);
    log.warn("{} uploads plugin {} {} (generation {}) as {}", call.request().peerAddress(), jar.plugin(), jar.version(), jar.generation(), file);
    return context
        .blocking(() -> folder.put(file, body.getBytes()))
        .compose(
            placed ->
                outcomes
                    .of(jar, file, stale)
                    .compose(outcome -> settled(outcome, placed, file))
                    .map(row -> answer(row, before, call)));
  }

  /** What is refused leaves the folder as it was: what serves now is to be there after a restart too. */
  private Future<JsonObject> settled(Outcomes.Outcome outcome, PluginsFolder.Placed placed, String file) {
    if (outcome.refusal().isEmpty()) {
      return context.blocking(() -> {
        placed.keep();
        return outcome.row();
      });
    }
    return context
        .blocking(
            () -> {
              placed.undo();
              return outcome.row();
            })
        .compose(undone -> Future.failedFuture(
            new ApiError(
                400,
                new JsonObject()
                    .put("message", outcome.refusal().get())
                    .put("name", "refused plugin jar")
                    .put("file", file))));
  }

  private static AdminResponse answer(JsonObject row, Optional<JsonObject> before, AdminCall call) {
    boolean serves = row.getString("state").equals("running");
    if (serves) {
      call.changed().accept(new EntityChange("plugin-jars", row.getString("name"), before, Optional.of(row)));
    }
    return AdminResponse.json(serves ? 201 : 202, row.copy().put("id", id(row)));
  }

  /** By which the audit record tells it. */
  private static String id(JsonObject row) {
    return row.getString("name") + "@" + row.getString("version") + "#" + row.getString("generation");
  }
}
