package dev.sluice.plugins.bluegreen;

import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.upstream.Upstreams;
import dev.sluice.plugins.deployment.Attachment;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Looks at the upstreams of the sides, as this node sees them. */
record Sides(PluginContext context) {

  /**
   * One upstream.
   *
   * @param upstream its name
   * @param exists whether there is one of that name
   * @param checked whether health checks are on
   * @param addresses how many addresses its targets have
   * @param healthy how many of them can take a request
   */
  record View(String upstream, boolean exists, boolean checked, long addresses, long healthy) {

    JsonObject shown() {
      return new JsonObject()
          .put("upstream", upstream)
          .put("exists", exists)
          .put("health_checks", checked)
          .put("targets", addresses)
          .put("healthy", healthy);
    }
  }

  Future<View> look(Attachment at, String upstream) {
    return at.entities()
        .find(CoreEntities.UPSTREAMS, new EntityKey.Unique("name", upstream))
        .map(found -> found
            .flatMap(entity -> context.upstreams().status(entity.getString("id")))
            .map(status -> view(upstream, status))
            .orElseGet(() -> new View(upstream, found.isPresent(), false, 0, 0)));
  }

  private static View view(String upstream, Upstreams.UpstreamStatus status) {
    List<Upstreams.AddressStatus> addresses =
        status.targets().stream().flatMap(target -> target.addresses().stream()).toList();
    long healthy = addresses.stream().filter(each -> each.healthy() && each.weight() > 0).count();
    return new View(upstream, true, status.checked(), addresses.size(), healthy);
  }
}
