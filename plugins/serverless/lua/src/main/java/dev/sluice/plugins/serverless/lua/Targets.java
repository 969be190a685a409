package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Service;
import dev.sluice.api.request.Origin;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.RouteMatch;
import java.util.Optional;
import org.luaj.vm2.Varargs;

import static org.luaj.vm2.LuaValue.NONE;

/** Where scripts send requests to, in place of where the service says. */
final class Targets {

  private static final int MOST = 65_535;

  private Targets() {}

  /** {@code kong.service.set_target}. */
  static Varargs target(Args args) {
    String host = args.utf8(1);
    int port = args.integer(2);
    if (host.isEmpty() || !host.matches("[\\w.:\\[\\]-]+")) {
      throw args.error("host must be a name or an address");
    }
    if (args.number(2) != port || port < 0 || port > MOST) {
      throw args.error("port must be an integer between 0 and 65535: given " + Numbers.show(args.number(2)));
    }
    String plain = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    boolean secure = args.run().state().origin
        .map(Origin::secure)
        .orElseGet(() -> service(args).filter(Targets::secure).isPresent());
    set(args, secure, plain, port);
    return NONE;
  }

  /** {@code kong.service.request.set_scheme}. */
  static Varargs scheme(Args args) {
    String scheme = args.wire(1);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw args.error("invalid scheme: " + scheme);
    }
    boolean secure = scheme.equals("https");
    Optional<Origin> chosen = args.run().state().origin;
    if (chosen.isPresent()) {
      set(args, secure, chosen.get().host(), chosen.get().port());
      return NONE;
    }
    Service service = service(args).orElseThrow(() -> args.error("there is no service whose scheme could be set"));
    if (secure(service) != secure) {
      if (balanced(args.run().context(), service)) {
        throw args.error(args.function() + " is not available in this gateway for a service with an upstream");
      }
      set(args, secure, service.host(), service.port());
    }
    return NONE;
  }

  private static void set(Args args, boolean secure, String host, int port) {
    boolean verify = service(args).flatMap(service -> service.tls().verify()).orElse(false);
    Origin origin = new Origin(secure, host, port, verify);
    ServicePdk.upstream(args).origin(origin);
    args.run().state().origin = Optional.of(origin);
  }

  private static boolean balanced(RequestContext context, Service service) {
    return context.entities().byUnique(CoreEntities.UPSTREAMS, "name", service.host()).isPresent();
  }

  private static Optional<Service> service(Args args) {
    return args.run().context().match().map(RouteMatch::definition).flatMap(RouteDefinition::service);
  }

  private static boolean secure(Service service) {
    return service.protocol().equals("https") || service.protocol().equals("grpcs");
  }
}
