package dev.sluice.kernel.proxy;

import dev.sluice.api.entity.Upstream;
import dev.sluice.api.request.Identity;
import dev.sluice.kernel.pipeline.Exchange;
import dev.sluice.kernel.pipeline.HeaderLines;
import dev.sluice.kernel.pipeline.HeaderNames;
import dev.sluice.kernel.pipeline.PathForm;
import dev.sluice.kernel.snapshot.Destination;
import dev.sluice.kernel.snapshot.RoutePlan;
import dev.sluice.kernel.trust.TlsBook;
import dev.sluice.kernel.upstream.KernelTarget;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the head of a request upstream says, straight from the lines of the client; how, is up to the protocol. */
final class RequestHead {

  private static final AsciiString TRAILERS = AsciiString.cached("trailers");

  private RequestHead() {}

  /** Takes the lines of a head. */
  interface Lines {
    /** Takes one line. */
    void line(CharSequence name, CharSequence value);

    /** Takes what is told of the client. */
    default void identity(Identity who) {
      who.forEach(this::line);
    }
  }

  /** All lines but the host and those that frame the body. */
  static void lines(Lines to, Exchange exchange) {
    String forwardedFor = clients(to, exchange.outbound().lines());
    Identity identity = exchange.outbound().identity();
    if (identity != null) {
      to.identity(identity);
    }
    forwarding(to, exchange, forwardedFor);
  }

  /** The lines of the client that go on; gives back what it forwarded for, or null. */
  private static String clients(Lines to, MultiMap headers) {
    List<String> named = HopByHop.named(HeaderLines.of(headers));
    String forwardedFor = null;
    for (Iterator<Map.Entry<CharSequence, CharSequence>> each = HeaderLines.of(headers); each.hasNext(); ) {
      Map.Entry<CharSequence, CharSequence> line = each.next();
      CharSequence name = line.getKey();
      if (HopByHop.inRequest(name)) {
        if (name.length() == 15) {
          forwardedFor = forwardedFor == null ? line.getValue().toString() : forwardedFor + ", " + line.getValue();
        } else if (name.length() == 2 && AsciiString.containsIgnoreCase(line.getValue(), TRAILERS)) {
          to.line(HeaderNames.TE, TRAILERS);
        }
      } else if (name.charAt(0) != ':' && (named.isEmpty() || !HopByHop.contains(named, name))) {
        to.line(name, line.getValue());
      }
    }
    return forwardedFor;
  }

  private static void forwarding(Lines to, Exchange exchange, String forwardedFor) {
    MultiMap headers = exchange.outbound().lines();
    boolean trusted = exchange.client().trusted();
    to.line(
        HeaderNames.X_FORWARDED_FOR,
        forwardedFor == null ? exchange.client().address() : forwardedFor + ", " + exchange.client().peerAddress());
    to.line(HeaderNames.X_FORWARDED_PROTO, exchange.client().scheme());
    line(to, HeaderNames.X_FORWARDED_HOST, headers, trusted, exchange.plainHost());
    line(to, HeaderNames.X_FORWARDED_PORT, headers, trusted, exchange.listener().portText());
    line(to, HeaderNames.X_FORWARDED_PATH, headers, trusted, exchange.request().rawPath());
    String prefix = exchange.outbound().strippedPrefix();
    line(to, HeaderNames.X_FORWARDED_PREFIX, headers, trusted, prefix.equals("/") ? "" : PathForm.escape(prefix));
    to.line(HeaderNames.X_REAL_IP, exchange.client().address());
    to.line(HeaderNames.VIA, via(exchange, headers));
    if (exchange.loop().settings().requestIdUpstream()) {
      to.line(HeaderNames.X_KONG_REQUEST_ID, exchange.id());
    }
  }

  /** What a trusted client says, or what the gateway knows itself, unless that is nothing. */
  private static void line(Lines to, AsciiString name, MultiMap headers, boolean trusted, String own) {
    String said = trusted ? headers.get(name) : null;
    String value = said == null ? own : said;
    if (!value.isEmpty()) {
      to.line(name, value);
    }
  }

  private static CharSequence via(Exchange exchange, MultiMap headers) {
    AsciiString own = exchange.loop().settings().tokens().via(exchange.serverRequest().version());
    return headers.contains(HeaderNames.VIA) ? String.join(", ", headers.getAll(HeaderNames.VIA)) + ", " + own : own;
  }

  /** The host that is asked for, with its port where that is not the usual one. */
  static String authority(Exchange exchange, KernelTarget target) {
    return authority(exchange, exchange.destination(), target);
  }

  /** The same for a request that goes elsewhere. */
  static String authority(Exchange exchange, Destination to, KernelTarget target) {
    String replaced = exchange.outbound().replacedHost();
    if (replaced != null) {
      return replaced;
    }
    RoutePlan plan = exchange.plan();
    if (plan.preserveHost() && !exchange.request().host().isEmpty()) {
      return exchange.request().host();
    }
    boolean usual = target.port() == (TlsBook.secure(plan.service().orElseThrow()) ? 443 : 80);
    String host = named(exchange, to, target);
    if (host == null) {
      return usual ? target.bracketed() : target.authority();
    }
    return usual ? host : host + ":" + target.port();
  }

  /** The host that the upstream is asked for, without a port. */
  private static String hostName(Exchange exchange, Destination to, KernelTarget target) {
    String named = named(exchange, to, target);
    return named == null ? target.bracketed() : named;
  }

  /** The host that the upstream or the record of its server names; null when it is that of the target. */
  private static String named(Exchange exchange, Destination to, KernelTarget target) {
    Optional<UpstreamRuntime> balancer = to.upstream(exchange.snapshot());
    if (balancer.isEmpty()) {
      return null;
    }
    Upstream upstream = balancer.get().upstream();
    if (upstream.hostHeader().isPresent()) {
      return upstream.hostHeader().get();
    }
    return upstream.useSrvName() && !target.name().isEmpty() ? target.name() : null;
  }

  /** The name that is asked for over TLS, and that a certificate must be for: the host that is asked for. */
  static String tlsName(Exchange exchange, KernelTarget target) {
    return tlsName(exchange, exchange.destination(), target);
  }

  /** The same for a request that goes elsewhere. */
  static String tlsName(Exchange exchange, Destination to, KernelTarget target) {
    String replaced = exchange.outbound().replacedHost();
    if (replaced != null) {
      return withoutPort(replaced);
    }
    RoutePlan plan = exchange.plan();
    boolean preserved = plan.preserveHost() && !exchange.request().host().isEmpty();
    return withoutPort(preserved ? exchange.plainHost() : hostName(exchange, to, target));
  }

  private static String withoutPort(String host) {
    if (host.startsWith("[")) {
      return host.substring(1, Math.max(1, host.indexOf(']')));
    }
    int colon = host.indexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }

  /** Whether it is asked over HTTP/2. */
  static boolean http2(Exchange exchange) {
    return exchange.outbound().origin() == null
        && exchange.plan().service().orElseThrow().protocol().startsWith("grpc");
  }
}
