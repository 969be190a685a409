package dev.sluice.kernel.stream;

import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.entity.Service;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.StreamConnection;
import dev.sluice.api.routing.StreamRouter;
import dev.sluice.kernel.snapshot.ChainPlan;
import dev.sluice.kernel.snapshot.FilterInstance;
import dev.sluice.kernel.snapshot.RoutePlan;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import java.util.Optional;

/** What a route says of a connection: whether it may be passed on, and to whom. */
final class StreamRoute {

  private StreamRoute() {}

  /** Why a connection is not passed on; what the client gets is the end of its connection. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String reason) {
      super(reason, null, false, false);
    }

    Refused(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  /** The balancer of a connection, once no filter is against it. */
  static UpstreamRuntime admitted(StreamConnection connection, RoutePlan plan) throws Refused {
    Service service = plan.service().orElseThrow(() -> new Refused("its route has no service"));
    if (!service.protocol().equals("tcp") && !service.protocol().equals("tls")) {
      throw new Refused("its service speaks " + service.protocol());
    }
    for (ChainPlan.Slot slot : plan.chain().slots()) {
      FilterInstance instance = slot.of(null);
      if (instance != null && concerns(instance.config())) {
        ask(instance, connection);
      }
    }
    Optional<UpstreamRuntime> upstream = plan.upstream();
    return upstream.orElseThrow(() -> new Refused("its service leads nowhere"));
  }

  private static boolean concerns(PluginConfig config) {
    return config.protocols().stream().anyMatch(StreamRouter.PROTOCOLS::contains);
  }

  private static void ask(FilterInstance instance, StreamConnection connection) throws Refused {
    if (!(instance.filter() instanceof Filter.Preread filter)) {
      throw new Refused("plugin " + instance + " is configured for streams, of which it knows nothing");
    }
    boolean admitted;
    try {
      admitted = filter.preread(connection);
    } catch (RuntimeException | LinkageError e) {
      throw new Refused("plugin " + instance + " has failed", e);
    }
    if (!admitted) {
      throw new Refused("plugin " + instance + " is against it");
    }
  }
}
