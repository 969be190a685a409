package dev.sluice.kernel.stream;

import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.entity.Service;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.request.EndedStream;
import dev.sluice.api.request.StreamConnection;
import dev.sluice.api.routing.StreamRouter;
import dev.sluice.kernel.snapshot.ChainPlan;
import dev.sluice.kernel.snapshot.FilterInstance;
import dev.sluice.kernel.snapshot.GatewaySnapshot;
import dev.sluice.kernel.snapshot.RoutePlan;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a route says of a connection: whether it may be passed on, and to whom. */
final class StreamRoute {

  private static final Logger log = LoggerFactory.getLogger(StreamRoute.class);

  /** Something is wrong here. */
  static final int FAILED = 500;

  /** A server is missing in the configuration. */
  static final int UNAVAILABLE = 503;

  /** No server can be reached. */
  static final int UNREACHABLE = 502;

  private static final int FORBIDDEN = 403;

  private StreamRoute() {}

  /** Why a connection is not passed on; what the client gets is the end of its connection. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refused(int status, String reason) {
      super(reason, null, false, false);
      this.status = status;
    }

    Refused(String reason, Throwable cause) {
      super(reason, cause);
      this.status = FAILED;
    }

    /** The status that loggers are told. */
    int status() {
      return status;
    }
  }

  /** The balancer of a connection, once no filter is against it. */
  static UpstreamRuntime admitted(StreamConnection connection, RoutePlan plan, GatewaySnapshot snapshot) throws Refused {
    Service service = plan.service().orElseThrow(() -> new Refused(UNAVAILABLE, "its route has no service"));
    if (!service.protocol().equals("tcp") && !service.protocol().equals("tls")) {
      throw new Refused(FAILED, "its service speaks " + service.protocol());
    }
    for (ChainPlan.Slot slot : plan.chain().slots()) {
      FilterInstance instance = slot.of(null);
      if (instance != null && concerns(instance.config())) {
        ask(instance, connection);
      }
    }
    Optional<UpstreamRuntime> upstream = plan.upstream(snapshot);
    return upstream.orElseThrow(() -> new Refused(UNAVAILABLE, "its service leads nowhere"));
  }

  /** Shows the loggers of a plan a connection that has ended. */
  static void ended(EndedStream stream, ChainPlan chain) {
    for (ChainPlan.Slot slot : chain.slots()) {
      FilterInstance instance = slot.of(null);
      if (instance != null && concerns(instance.config()) && instance.filter() instanceof Filter.StreamLog filter) {
        try {
          filter.streamLog(stream);
        } catch (RuntimeException | LinkageError e) {
          log.error("stream from {}: plugin {} failed in phase LOG", stream.clientAddress(), instance, e);
        }
      }
    }
  }

  private static boolean concerns(PluginConfig config) {
    return config.protocols().stream().anyMatch(StreamRouter.PROTOCOLS::contains);
  }

  private static void ask(FilterInstance instance, StreamConnection connection) throws Refused {
    if (!(instance.filter() instanceof Filter.Preread filter)) {
      if (instance.filter() instanceof Filter.StreamLog) {
        return;
      }
      throw new Refused(FAILED, "plugin " + instance + " is configured for streams, of which it knows nothing");
    }
    boolean admitted;
    try {
      admitted = filter.preread(connection);
    } catch (RuntimeException | LinkageError e) {
      throw new Refused("plugin " + instance + " has failed", e);
    }
    if (!admitted) {
      throw new Refused(FORBIDDEN, "plugin " + instance + " is against it");
    }
  }
}
