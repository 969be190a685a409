package dev.sluice.plugins.adminapi;

import dev.sluice.api.NodeInfo;
import dev.sluice.api.admin.AdminRequest;
import dev.sluice.api.admin.AdminResponse;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The headers that all answers have.
 *
 * @param server the value of {@code Server}, when it is shown
 * @param latency whether the time taken is shown
 * @param origins that may read answers across origins; empty for all
 */
record AnswerHeaders(Optional<String> server, boolean latency, List<String> origins) {

  private static final long NANOS_PER_MILLI = 1_000_000;

  static AnswerHeaders of(NodeInfo node) {
    List<String> shown = list(node, "headers").stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    boolean server = shown.contains("server_tokens") || shown.contains("server");
    boolean latency = shown.contains("latency_tokens") || shown.contains("x-kong-admin-latency");
    List<String> origins =
        list(node, "admin_gui_url").stream().map(AnswerHeaders::origin).flatMap(Optional::stream).toList();
    return new AnswerHeaders(
        server ? Optional.of("kong/" + node.compatibleVersion()) : Optional.empty(), latency, origins);
  }

  private static List<String> list(NodeInfo node, String setting) {
    List<String> values = new ArrayList<>();
    for (String value : node.setting(setting).orElse("").split(",", -1)) {
      if (!value.isBlank()) {
        values.add(value.strip());
      }
    }
    return values;
  }

  private static Optional<String> origin(String url) {
    try {
      URI uri = new URI(url);
      return uri.getRawAuthority() == null
          ? Optional.empty()
          : Optional.of(uri.getScheme() + "://" + uri.getRawAuthority());
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** The same answer with the headers that all have. */
  AdminResponse complete(AdminRequest request, AdminResponse answer, long nanos) {
    List<Map.Entry<String, String>> lines = new ArrayList<>(answer.headers());
    lines.add(Map.entry("Access-Control-Allow-Origin", allowedOrigin(request)));
    lines.add(Map.entry("Access-Control-Allow-Credentials", "true"));
    if (latency) {
      lines.add(Map.entry("X-Kong-Admin-Latency", String.valueOf(nanos / NANOS_PER_MILLI)));
    }
    server.ifPresent(name -> lines.add(Map.entry("Server", name)));
    return new AdminResponse(answer.status(), lines, answer.body());
  }

  private String allowedOrigin(AdminRequest request) {
    Optional<String> asking = request.headers().get("Origin").filter(given -> !given.isEmpty());
    if (origins.isEmpty()) {
      return asking.orElse("*");
    }
    return asking.filter(origins::contains).orElse(origins.get(0));
  }

  /** The answer to OPTIONS. */
  AdminResponse options(AdminRequest request, String allowed) {
    Optional<String> asked =
        request.headers().get("Access-Control-Request-Headers").filter(given -> !given.isEmpty());
    return new AdminResponse(
        204,
        List.of(
            Map.entry("Allow", allowed),
            Map.entry("Access-Control-Allow-Methods", allowed),
            Map.entry("Access-Control-Allow-Headers", asked.orElse("Content-Type"))),
        Buffer.buffer());
  }
}
