package dev.sluice.plugins.bluegreen;

import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.Documents;
import dev.sluice.plugins.deployment.Attachment;
import dev.sluice.plugins.deployment.Attachments;
import dev.sluice.plugins.deployment.Ledger;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What operators see of a service's sides, and how they switch. The same for routes, and by the plugin's own id. */
final class BlueGreenEndpoints {

  private static final int SHOWN = 5;

  private final PluginContext context;
  private final Rollouts rollouts;
  private final Attachments attachments;
  private final Ledger ledger;
  private final Sides sides;
  private final Switches switches;

  BlueGreenEndpoints(
      PluginContext context,
      Rollouts rollouts,
      Attachments attachments,
      Ledger ledger,
      Sides sides,
      Switches switches) {
    this.context = context;
    this.rollouts = rollouts;
    this.attachments = attachments;
    this.ledger = ledger;
    this.sides = sides;
    this.switches = switches;
  }

  List<AdminEndpoint> all() {
    List<AdminEndpoint> all = new ArrayList<>();
    add(all, "/services/{services}/blue-green", call -> attachments.ofService(call, "services"));
    add(all, "/routes/{routes}/blue-green", call -> attachments.ofRoute(call, "routes"));
    add(all, "/plugins/{plugins}/blue-green", call -> attachments.ofPlugin(call, "plugins"));
    return all;
  }

  private void add(List<AdminEndpoint> all, String path, Function<AdminCall, Future<Attachment>> find) {
    all.add(new AdminEndpoint("GET", path, call -> find.apply(call).compose(this::shown)));
    all.add(new AdminEndpoint(
        "POST", path + "/switch", call -> find.apply(call).compose(at -> change(call, at, find))));
    all.add(new AdminEndpoint(
        "POST", path + "/rollback", call -> find.apply(call).compose(at -> rollback(call, at, find))));
  }

  private Future<AdminResponse> change(
      AdminCall call, Attachment at, Function<AdminCall, Future<Attachment>> find) {
    String to = Documents.string(call.body(), "to", "");
    if (!to.isEmpty() && !to.equals("blue") && !to.equals("green")) {
      return Future.failedFuture(ApiError.of(400, "to must be one of: blue, green"));
    }
    Side active = BlueGreenConfig.decode(at.config()).active();
    return write(call, at, find, to.isEmpty() ? active.other() : Side.of(to), Switches.SWITCH);
  }

  /** Back to where the last switch has come from. */
  private Future<AdminResponse> rollback(
      AdminCall call, Attachment at, Function<AdminCall, Future<Attachment>> find) {
    return ledger.of(at.id()).compose(rows -> {
      String active = at.config().getString("active");
      if (rows.isEmpty() || !rows.get(0).getString("to").equals(active)) {
        return Future.failedFuture(ApiError.of(409, "the ledger tells of no switch to " + active));
      }
      return rows.get(0).getString("action").equals(Switches.SWITCH)
          ? write(call, at, find, Side.of(rows.get(0).getString("from")), Switches.ROLLBACK)
          : Future.failedFuture(ApiError.of(409, "the last switch has been taken back already"));
    });
  }

  private Future<AdminResponse> write(
      AdminCall call, Attachment at, Function<AdminCall, Future<Attachment>> find, Side to, String action) {
    boolean force = Boolean.parseBoolean(String.valueOf(call.body().getValue("force")));
    Switches.Wish wish = new Switches.Wish(
        to,
        action,
        "admin",
        Documents.string(call.body(), "reason", ""),
        force,
        new JsonObject().put("in_flight", rollout(at).underWay(to.other())).put("forced", force),
        call.changed());
    return switches.change(at, wish).compose(changed -> find.apply(call)).compose(this::shown);
  }

  private Future<AdminResponse> shown(Attachment at) {
    BlueGreenConfig config = BlueGreenConfig.decode(at.config());
    return sides
        .look(at, config.blue())
        .compose(blue -> sides
            .look(at, config.green())
            .compose(green -> ledger.of(at.id()).map(rows -> shown(at, config, blue, green, rows))));
  }

  private AdminResponse shown(
      Attachment at, BlueGreenConfig config, Sides.View blue, Sides.View green, List<JsonObject> rows) {
    Rollout rollout = rollout(at);
    long now = context.clock().millis();
    Side active = config.active();
    JsonObject out = new JsonObject()
        .put("plugin", at.id())
        .put("active", active.toString())
        .put("since", rollout.since() > 0 ? Long.valueOf(rollout.since() / 1000) : at.plugin().getValue("created_at"))
        .put("sides", new JsonObject()
            .put("blue", blue.shown().put("in_flight", rollout.underWay(Side.BLUE)))
            .put("green", green.shown().put("in_flight", rollout.underWay(Side.GREEN))))
        .put("drain", drain(rollout, active.other(), now));
    rollout.watch().ifPresent(watch -> out.put("watch", watch.shown(now)));
    return AdminResponse.json(200, out.put("last_switches", new JsonArray(rows.subList(0, Math.min(SHOWN, rows.size())))));
  }

  private Rollout rollout(Attachment at) {
    return rollouts.of(at.id(), BlueGreenConfig.decode(at.config()).active());
  }

  private static JsonObject drain(Rollout rollout, Side left, long now) {
    long underWay = rollout.draining(left);
    String state = underWay == 0 ? "drained" : now < rollout.drainUntil() ? "draining" : "overdue";
    JsonObject shown = new JsonObject().put("side", left.toString()).put("in_flight", underWay).put("state", state);
    return underWay == 0 ? shown : shown.put("until", rollout.drainUntil() / 1000);
  }
}
