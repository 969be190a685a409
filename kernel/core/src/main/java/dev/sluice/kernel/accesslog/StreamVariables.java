package dev.sluice.kernel.accesslog;

import dev.sluice.api.request.Attempt;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The variables of nginx that a line about a stream may name. */
final class StreamVariables {

  private static final Map<String, Variable<LoggedStream>> ALL = all();

  private StreamVariables() {}

  static Optional<Variable<LoggedStream>> find(String name) {
    Optional<Variable<LoggedStream>> known = Optional.ofNullable(ALL.get(name));
    return known.isPresent() ? known : NodeVariables.find(name);
  }

  private static Map<String, Variable<LoggedStream>> all() {
    Map<String, Variable<LoggedStream>> all = new HashMap<>();
    all.put("remote_addr", (line, of) -> line.value(of.clientAddress()));
    all.put("remote_port", (line, of) -> line.number(of.clientPort()));
    all.put("server_addr", (line, of) -> line.value(of.localAddress()));
    all.put("server_port", (line, of) -> line.number(of.localPort()));
    all.put("protocol", (line, of) -> line.value("TCP"));
    all.put("status", (line, of) -> line.number(of.status()));
    all.put("bytes_sent", (line, of) -> line.number(of.bytesSent()));
    all.put("bytes_received", (line, of) -> line.number(of.bytesReceived()));
    all.put("session_time", (line, of) -> line.seconds(of.tookMillis()));
    all.put("ssl_server_name", (line, of) -> line.value(of.sni().orElse(null)));
    all.put("ssl_preread_server_name", (line, of) -> line.value(of.sni().orElse(null)));
    all.put("ssl_protocol", (line, of) -> line.value(of.tls().map(tls -> tls.getProtocol()).orElse(null)));
    all.put("ssl_cipher", (line, of) -> line.value(of.tls().map(tls -> tls.getCipherSuite()).orElse(null)));
    all.put("upstream_addr", StreamVariables::upstream);
    all.put("upstream_bytes_sent", (line, of) -> line.number(of.upstreamSent()));
    all.put("upstream_bytes_received", (line, of) -> line.number(of.upstreamReceived()));
    return Map.copyOf(all);
  }

  private static void upstream(Line line, LoggedStream of) {
    if (of.attempts().isEmpty()) {
      line.missing();
    }
    String between = "";
    for (Attempt attempt : of.attempts()) {
      line.part(between).part(attempt.address()).raw(':').number(attempt.port());
      between = ", ";
    }
  }
}
