package dev.sluice.plugins.activehealthchecks;

import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.Certificate;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.api.upstream.UpstreamView;
import dev.sluice.plugins.activehealthchecks.ProbeClients.Security;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Makes probes by the settings of one upstream. */
final class ProbeFactory {

  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final Pattern LINE_BREAK = Pattern.compile("[\\r\\n]");

  private final PluginContext context;
  private final ProbeClients clients;
  private final ActiveSettings settings;
  private final Optional<String> hostHeader;
  private final Optional<Certificate> shown;

  ProbeFactory(PluginContext context, ProbeClients clients, ActiveSettings settings, UpstreamView view) {
    this.context = context;
    this.clients = clients;
    this.settings = settings;
    this.hostHeader = view.upstream().hostHeader();
    this.shown = view.clientCertificate();
  }

  /** A probe that has not begun. */
  Probe probe(TargetState target, Consumer<Probe.Result> whenOver) {
    boolean secure = settings.type().equals("https");
    Security verified = settings.verify() ? Security.VERIFIED : Security.UNVERIFIED;
    Optional<Buffer> request = settings.type().equals("tcp") ? Optional.empty() : Optional.of(request(target));
    return new Probe(
        context,
        clients.client(settings.timeout(), secure ? verified : Security.PLAIN, shown),
        SocketAddress.inetSocketAddress(target.port(), target.address()),
        settings.timeout(),
        secure ? Optional.of(new Probe.Tls(serverName(target))) : Optional.empty(),
        request,
        whenOver);
  }

  private Buffer request(TargetState target) {
    StringBuilder request = new StringBuilder("GET ").append(settings.path()).append(" HTTP/1.0\r\n");
    boolean host = false;
    for (Map.Entry<String, String> line : settings.headers()) {
      String text = line.getKey() + ": " + line.getValue();
      if (!LINE_BREAK.matcher(text).find()) {
        request.append(text).append("\r\n");
        host |= line.getKey().equalsIgnoreCase("host");
      }
    }
    if (!host) {
      request.append("Host: ").append(hostHeader.orElseGet(() -> bracketed(target.host()))).append("\r\n");
    }
    return Buffer.buffer(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Empty for addresses, which no server name may be. */
  private Optional<String> serverName(TargetState target) {
    return settings.sni()
        .or(() -> hostHeader.map(ProbeFactory::withoutPort))
        .or(() -> Optional.of(target.host()))
        .filter(name -> name.indexOf(':') < 0 && !IPV4.matcher(name).matches());
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
  }

  private static String bracketed(String host) {
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }
}
