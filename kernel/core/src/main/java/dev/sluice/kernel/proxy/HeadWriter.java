package dev.sluice.kernel.proxy;

import dev.sluice.api.entity.Service;
import dev.sluice.kernel.pipeline.Exchange;
import dev.sluice.kernel.pipeline.HeaderLines;
import dev.sluice.kernel.pipeline.HeaderNames;
import dev.sluice.kernel.pipeline.NodeSettings;
import dev.sluice.kernel.pipeline.Outbound;
import dev.sluice.kernel.pipeline.PathForm;
import dev.sluice.kernel.snapshot.RoutePlan;
import dev.sluice.kernel.upstream.KernelTarget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpVersion;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes the head of a request as bytes, straight from the lines of the client. */
final class HeadWriter {

  private static final AsciiString HTTP_1_1 = AsciiString.cached(" HTTP/1.1\r\nHost: ");
  private static final AsciiString KEEP_ALIVE = AsciiString.cached("\r\nConnection: keep-alive\r\n");
  private static final AsciiString CHUNKED = AsciiString.cached("Transfer-Encoding: chunked\r\n");
  private static final AsciiString TRAILERS = AsciiString.cached("TE: trailers\r\n");
  private static final int LF = '\r' << 8 | '\n';
  private static final int COLON = ':' << 8 | ' ';

  private HeadWriter() {}

  /** What the head says of the body that follows. */
  enum Framing {
    /** Nothing follows and nothing is said. */
    NONE,
    /** So many bytes follow. */
    LENGTH,
    /** Chunks follow. */
    CHUNKED
  }

  static void write(ByteBuf to, Exchange exchange, KernelTarget target, Framing framing, long length) {
    Outbound outbound = exchange.outbound();
    put(to, outbound.method());
    to.writeByte(' ');
    put(to, PathForm.escape(outbound.path()));
    String query = outbound.queryOrNull();
    if (query != null) {
      to.writeByte('?');
      put(to, query);
    }
    put(to, HTTP_1_1);
    host(to, exchange, target);
    put(to, KEEP_ALIVE);
    String forwardedFor = lines(to, outbound.map());
    forwarding(to, exchange, forwardedFor);
    if (framing == Framing.LENGTH) {
      line(to, HeaderNames.CONTENT_LENGTH, Long.toString(length));
    } else if (framing == Framing.CHUNKED) {
      put(to, CHUNKED);
    }
    to.writeShort(LF);
  }

  /** Writes the lines of the client that go on; gives back what it forwarded for, or null. */
  private static String lines(ByteBuf to, MultiMap headers) {
    List<String> named = HopByHop.named(headers);
    String forwardedFor = null;
    for (Iterator<Map.Entry<CharSequence, CharSequence>> each = HeaderLines.of(headers); each.hasNext(); ) {
      Map.Entry<CharSequence, CharSequence> line = each.next();
      CharSequence name = line.getKey();
      if (HopByHop.inRequest(name)) {
        if (name.length() == 15) {
          forwardedFor = forwardedFor == null ? line.getValue().toString() : forwardedFor + ", " + line.getValue();
        } else if (name.length() == 2 && AsciiString.containsIgnoreCase(line.getValue(), "trailers")) {
          put(to, TRAILERS);
        }
      } else if (name.charAt(0) != ':' && (named.isEmpty() || !HopByHop.contains(named, name))) {
        line(to, name, line.getValue());
      }
    }
    return forwardedFor;
  }

  private static void forwarding(ByteBuf to, Exchange exchange, String forwardedFor) {
    MultiMap headers = exchange.outbound().map();
    boolean trusted = exchange.client().trusted();
    put(to, HeaderNames.X_FORWARDED_FOR);
    to.writeShort(COLON);
    if (forwardedFor != null) {
      put(to, forwardedFor);
      to.writeByte(',');
      to.writeByte(' ');
      put(to, exchange.client().peerAddress());
    } else {
      put(to, exchange.client().address());
    }
    to.writeShort(LF);
    line(to, HeaderNames.X_FORWARDED_PROTO, exchange.client().scheme());
    Given given = new Given(headers, trusted);
    line(to, HeaderNames.X_FORWARDED_HOST, given.or(HeaderNames.X_FORWARDED_HOST, exchange.plainHost()));
    line(
        to,
        HeaderNames.X_FORWARDED_PORT,
        given.or(HeaderNames.X_FORWARDED_PORT, Integer.toString(exchange.listener().port())));
    line(to, HeaderNames.X_FORWARDED_PATH, given.or(HeaderNames.X_FORWARDED_PATH, exchange.request().rawPath()));
    String prefix = exchange.outbound().strippedPrefix();
    prefix = given.or(HeaderNames.X_FORWARDED_PREFIX, prefix.equals("/") ? "" : PathForm.escape(prefix));
    if (!prefix.isEmpty()) {
      line(to, HeaderNames.X_FORWARDED_PREFIX, prefix);
    }
    line(to, HeaderNames.X_REAL_IP, exchange.client().address());
    via(to, exchange, headers);
    if (exchange.loop().settings().requestIdUpstream()) {
      line(to, HeaderNames.X_KONG_REQUEST_ID, exchange.id());
    }
  }

  /** A line of a trusted client, or what the gateway knows itself. */
  private record Given(MultiMap headers, boolean trusted) {
    String or(AsciiString name, String own) {
      String value = trusted ? headers.get(name) : null;
      return value == null ? own : value;
    }
  }

  private static void via(ByteBuf to, Exchange exchange, MultiMap headers) {
    NodeSettings settings = exchange.loop().settings();
    put(to, HeaderNames.VIA);
    to.writeShort(COLON);
    if (headers.contains(HeaderNames.VIA)) {
      put(to, String.join(", ", headers.getAll(HeaderNames.VIA)));
      to.writeByte(',');
      to.writeByte(' ');
    }
    HttpVersion version = exchange.serverRequest().version();
    put(to, version == HttpVersion.HTTP_2 ? "2 " : version == HttpVersion.HTTP_1_0 ? "1.0 " : "1.1 ");
    put(to, settings.serverToken());
    to.writeShort(LF);
  }

  private static void host(ByteBuf to, Exchange exchange, KernelTarget target) {
    String replaced = exchange.outbound().replacedHost();
    RoutePlan plan = exchange.plan();
    if (replaced != null) {
      put(to, replaced);
      return;
    }
    if (plan.route().preserveHost() && !exchange.request().host().isEmpty()) {
      put(to, exchange.request().host());
      return;
    }
    put(to, hostName(plan, target));
    Service service = plan.service().orElseThrow();
    int usual = secure(service) ? 443 : 80;
    if (target.port() != usual) {
      to.writeByte(':');
      put(to, Integer.toString(target.port()));
    }
  }

  /** The host that the upstream is asked for, without a port. */
  static String hostName(RoutePlan plan, KernelTarget target) {
    String own = target.host().indexOf(':') < 0 ? target.host() : "[" + target.host() + "]";
    return plan.upstream().flatMap(upstream -> upstream.upstream().hostHeader()).orElse(own);
  }

  static boolean secure(Service service) {
    return service.protocol().equals("https") || service.protocol().equals("grpcs");
  }

  private static void line(ByteBuf to, CharSequence name, CharSequence value) {
    put(to, name);
    to.writeShort(COLON);
    put(to, value);
    to.writeShort(LF);
  }

  private static void put(ByteBuf to, CharSequence text) {
    if (text instanceof AsciiString ascii) {
      to.writeBytes(ascii.array(), ascii.arrayOffset(), ascii.length());
    } else {
      ByteBufUtil.writeAscii(to, text);
    }
  }
}
