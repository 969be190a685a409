package dev.sluice.plugins.canary;

import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.entity.Documents;
import dev.sluice.plugins.deployment.Attachment;
import dev.sluice.plugins.deployment.Attachments;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What operators see of a rollout, and how they steer it: by its service, its route, or its own id. */
final class CanaryEndpoints {

  private static final Map<String, Moves> BY_NAME = Map.of(
      "promote", Moves.PROMOTE,
      "pause", Moves.PAUSE,
      "resume", Moves.RESUME,
      "rollback", Moves.ROLLBACK);

  private final PluginContext context;
  private final Attachments attachments;
  private final Steering steering;
  private final CanaryView view;

  CanaryEndpoints(PluginContext context, Attachments attachments, Steering steering, CanaryView view) {
    this.context = context;
    this.attachments = attachments;
    this.steering = steering;
    this.view = view;
  }

  List<AdminEndpoint> all() {
    List<AdminEndpoint> all = new ArrayList<>();
    add(all, "/services/{services}/canary", call -> attachments.ofService(call, "services"));
    add(all, "/routes/{routes}/canary", call -> attachments.ofRoute(call, "routes"));
    add(all, "/plugins/{plugins}/canary", call -> attachments.ofPlugin(call, "plugins"));
    return all;
  }

  private void add(List<AdminEndpoint> all, String path, Function<AdminCall, Future<Attachment>> find) {
    all.add(new AdminEndpoint("GET", path, call -> find.apply(call).compose(this::shown)));
    BY_NAME.forEach((name, move) -> all.add(new AdminEndpoint(
        "POST",
        path + "/" + name.toLowerCase(Locale.ROOT),
        call -> find.apply(call).compose(at -> moved(call, at, move)))));
  }

  private Future<AdminResponse> moved(AdminCall call, Attachment at, Moves move) {
    Cause cause = Cause.admin(context.clock().millis(), Documents.string(call.body(), "reason", ""));
    return steering.move(at, move, cause, call.changed()).compose(done -> shown(at));
  }

  private Future<AdminResponse> shown(Attachment at) {
    return view.of(at).map(shown -> AdminResponse.json(200, shown));
  }
}
