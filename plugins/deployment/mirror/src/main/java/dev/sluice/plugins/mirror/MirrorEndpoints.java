package dev.sluice.plugins.mirror;

import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.upstream.Upstreams;
import dev.sluice.plugins.deployment.Attachment;
import dev.sluice.plugins.deployment.Attachments;
import dev.sluice.plugins.deployment.PerPlugin;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What operators see of the mirror of a service; the same for routes, and for one that is configured globally. */
final class MirrorEndpoints {

  private final PluginContext context;
  private final Attachments attachments;
  private final PerPlugin<Findings> mirrors;
  private final Desk desk;

  MirrorEndpoints(PluginContext context, Attachments attachments, PerPlugin<Findings> mirrors, Desk desk) {
    this.context = context;
    this.attachments = attachments;
    this.mirrors = mirrors;
    this.desk = desk;
  }

  List<AdminEndpoint> all() {
    List<AdminEndpoint> all = new ArrayList<>();
    add(all, "/services/{services}/mirror", call -> attachments.ofService(call, "services"));
    add(all, "/routes/{routes}/mirror", call -> attachments.ofRoute(call, "routes"));
    add(all, "/plugins/{plugins}/mirror", call -> attachments.ofPlugin(call, "plugins"));
    add(all, "/mirror", attachments::global);
    return all;
  }

  private void add(List<AdminEndpoint> all, String path, Function<AdminCall, Future<Attachment>> find) {
    all.add(new AdminEndpoint("GET", path, call -> find.apply(call).compose(this::shown)));
    all.add(new AdminEndpoint(
        "POST", path + "/reset", call -> find.apply(call).compose(at -> {
          mirrors.known(at.id()).ifPresent(findings -> findings.reset(desk.now()));
          return shown(at);
        })));
  }

  private Future<AdminResponse> shown(Attachment at) {
    Findings findings = mirrors.known(at.id()).orElseGet(() -> new Findings(desk.now()));
    return desk
        // First what is under way: of all else the counts are complete then.
        .work(() -> new JsonObject().put("in_flight", findings.inFlight()).mergeIn(findings.figures().shown()))
        .compose(figures -> shadow(at).map(shadow -> {
          JsonObject out = new JsonObject()
              .put("plugin", at.id())
              .put("enabled", at.plugin().getValue("enabled"))
              .put("shadow", shadow)
              .put("percentage", at.config().getValue("percentage"));
          return AdminResponse.json(200, out.mergeIn(figures));
        }));
  }

  /** The upstream that copies go to, as this node sees it. */
  private Future<JsonObject> shadow(Attachment at) {
    String name = at.config().getString("upstream");
    return at.entities()
        .find(CoreEntities.UPSTREAMS, new EntityKey.Unique("name", name))
        .map(found -> {
          List<Upstreams.AddressStatus> addresses = found
              .flatMap(upstream -> context.upstreams().status(upstream.getString("id")))
              .map(status -> status.targets().stream().flatMap(target -> target.addresses().stream()).toList())
              .orElse(List.of());
          return new JsonObject()
              .put("upstream", name)
              .put("exists", found.isPresent())
              .put("targets", addresses.size())
              .put("healthy", addresses.stream().filter(each -> each.healthy() && each.weight() > 0).count());
        });
  }
}
