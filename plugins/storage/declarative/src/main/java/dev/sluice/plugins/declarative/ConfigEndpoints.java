package dev.sluice.plugins.declarative;

import dev.sluice.api.PluginContext;
import dev.sluice.api.Registration;
import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.Declaration;
import dev.sluice.api.entity.Declarations;
import dev.sluice.api.entity.Declarations.Options;
import dev.sluice.api.entity.Declarations.Outcome;
import dev.sluice.api.store.StoredEntity;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code /config}: the whole configuration at once. Without a database as in Kong. With one, {@code diff=1} shows what
 * a document would change and {@code apply=1} makes it so; without either, Kong's refusal, unless the node's settings
 * say otherwise.
 */
final class ConfigEndpoints {

  private static final String PATH = "/config";
  private static final String SETTING = "declarative_apply";
  private static final Set<String> TRUE = Set.of("true", "1", "on", "yes");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String NO_DATABASE =
      "this endpoint is only available when Kong is configured to not use a database";

  private final PluginContext context;
  private final AtomicBoolean loading = new AtomicBoolean();

  ConfigEndpoints(PluginContext context) {
    this.context = context;
  }

  List<AdminEndpoint> all() {
    return List.of(
        new AdminEndpoint("GET", PATH, this::get), new AdminEndpoint("POST", PATH, this::post).taking("application/yaml"));
  }

  /** A workspace that has gone since the path was read has nothing. */
  private Declarations declarations(AdminCall call) {
    return context
        .entities()
        .in(call.workspace())
        .orElseThrow(() -> ApiError.of(404, "Not found"))
        .declarations();
  }

  private boolean refused(AdminCall call, String... arguments) {
    boolean asked = List.of(arguments).stream().anyMatch(name -> argument(call, name).filter("1"::equals).isPresent());
    boolean set = context.node().setting(SETTING).filter(value -> TRUE.contains(value)).isPresent();
    return !declarations(call).only() && !asked && !set;
  }

  /** Kong takes arguments from the query as from the body. */
  private static Optional<String> argument(AdminCall call, String name) {
    return call.request().argument(name).or(() -> Optional.ofNullable(call.body().getValue(name)).map(String::valueOf));
  }

  private static boolean masked(AdminCall call) {
    return argument(call, "mask").filter("1"::equals).isPresent();
  }

  private Masked mask() {
    return new Masked(context.catalog());
  }

  /** Without a database there is one document, and the default workspace alone. */
  private boolean elsewhere(AdminCall call) {
    return !call.workspace().equals(StoredEntity.DEFAULT_WORKSPACE) && declarations(call).only();
  }

  private Future<AdminResponse> get(AdminCall call) {
    if (elsewhere(call)) {
      return Future.failedFuture(ApiError.of(404, "Not found"));
    }
    if (refused(call, "export")) {
      return Future.failedFuture(ApiError.of(400, NO_DATABASE));
    }
    boolean masked = masked(call);
    return declarations(call)
        .export()
        .compose(document -> context.blocking(() -> YamlWriter.write(masked ? mask().document(document) : document)))
        .map(yaml -> AdminResponse.json(200, new JsonObject().put("config", yaml)));
  }

  private Future<AdminResponse> post(AdminCall call) {
    if (elsewhere(call)) {
      return Future.failedFuture(ApiError.of(404, "Not found"));
    }
    if (refused(call, "diff", "apply")) {
      return Future.failedFuture(ApiError.of(400, NO_DATABASE));
    }
    if (context.node().status().getBoolean("draining", false)) {
      return Future.failedFuture(ApiError.of(503, "Kong currently exiting"));
    }
    boolean dry = argument(call, "diff").filter("1"::equals).isPresent();
    boolean keep = argument(call, "keep").filter("1"::equals).isPresent();
    boolean flatten = argument(call, "flatten_errors").filter(TRUE::contains).isPresent();
    boolean checked = argument(call, "check_hash").filter("1"::equals).isPresent();
    boolean masked = masked(call);
    Options options = new Options(dry, keep, flatten, call.changed());
    if (!dry && !loading.compareAndSet(false, true)) {
      return Future.succeededFuture(
          AdminResponse.message(429, "Currently loading previous configuration").header("Retry-After", "60"));
    }
    Future<AdminResponse> loaded;
    try {
      loaded = input(call).compose(given -> load(given, declarations(call), options, checked, masked));
    } catch (RuntimeException e) {
      loaded = Future.failedFuture(e);
    }
    if (!dry) {
      loaded.onComplete(done -> loading.set(false));
    }
    return patient(loaded);
  }

  private Future<AdminResponse> load(
      Declaration given, Declarations declarations, Options options, boolean checked, boolean masked) {
    if (checked && given.hash().equals(declarations.hash())) {
      return Future.succeededFuture(AdminResponse.empty(304));
    }
    return declarations
        .apply(given, options)
        .map(outcome -> answer(outcome, options, masked || !declarations.only(), masked));
  }

  private AdminResponse answer(Outcome outcome, Options options, boolean brief, boolean masked) {
    if (options.dry() || brief) {
      JsonObject changes = (JsonObject) YamlWriter.numbers(outcome.toJson());
      return AdminResponse.json(options.dry() ? 200 : 201, masked ? mask().changes(changes) : changes);
    }
    JsonObject entities = new JsonObject();
    outcome.entities().forEach(
        (type, rows) -> {
          JsonObject byId = new JsonObject();
          rows.forEach((id, entity) -> byId.put(id, YamlWriter.numbers(entity)));
          entities.put(type, byId);
        });
    return AdminResponse.json(201, entities);
  }

  /** What is loaded goes on loading, but nobody waits for it any longer. */
  private Future<AdminResponse> patient(Future<AdminResponse> loaded) {
    if (loaded.isComplete()) {
      return loaded;
    }
    Promise<AdminResponse> first = Promise.promise();
    Registration timer =
        context.after(
            PATIENCE,
            () -> first.tryComplete(AdminResponse.message(504, "Timed out while loading configuration")));
    loaded.onComplete(
        done -> {
          timer.close();
          if (done.succeeded()) {
            first.tryComplete(done.result());
          } else {
            first.tryFail(done.cause());
          }
        });
    return first.future();
  }

  /** Reading a large document takes longer than an event loop has time for. */
  private Future<Declaration> input(AdminCall call) {
    String type = call.request().headers().get("Content-Type").orElse("");
    if (type.startsWith("application/yaml") || type.startsWith("text/yaml")) {
      return text(call.request().body().toString());
    }
    JsonObject body = call.body();
    if (body.getValue("_format_version") != null && !call.form()) {
      JsonObject document = body.copy();
      List.of("check_hash", "flatten_errors", "diff", "apply", "keep", "mask").forEach(document::remove);
      return Future.succeededFuture(new Declaration(document, Digests.md5(document.encode())));
    }
    Object config = body.getValue("config");
    if (config instanceof JsonObject document) {
      return Future.succeededFuture(new Declaration(document, Digests.md5(document.encode())));
    }
    if (config == null || "".equals(config)) {
      return Future.failedFuture(ApiError.of(400, "expected a declarative configuration"));
    }
    return text(String.valueOf(config));
  }

  private Future<Declaration> text(String text) {
    if (text.isBlank()) {
      return Future.failedFuture(ApiError.of(400, "expected a declarative configuration"));
    }
    return context.blocking(() -> new Declaration(DocumentText.parse(text), Digests.md5(text)));
  }
}
