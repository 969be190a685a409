package dev.sluice.kernel.boot;

import dev.sluice.api.upstream.BalancingPolicy;
import dev.sluice.kernel.pipeline.NodeSettings;
import dev.sluice.kernel.pipeline.Tokens;
import dev.sluice.kernel.pipeline.TrustedPeers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes the settings apart that the request path reads, with Kong's messages for what is wrong with them. */
final class SettingsReader {

  private static final Map<String, List<String>> TOKENS =
      Map.of(
          "server_tokens", List.of("server", "via"),
          "latency_tokens",
              List.of(
                  "x-kong-upstream-latency",
                  "x-kong-proxy-latency",
                  "x-kong-response-latency",
                  "x-kong-admin-latency"));
  private static final Set<String> NAMES =
      Set.of(
          "server",
          "via",
          "x-kong-upstream-latency",
          "x-kong-proxy-latency",
          "x-kong-response-latency",
          "x-kong-admin-latency",
          "x-kong-upstream-status",
          "x-kong-request-id");

  private SettingsReader() {}

  static NodeSettings read(NodeConfig config) {
    Set<String> headers = headers(config, "headers");
    Set<String> upstream = headers(config, "headers_upstream");
    return new NodeSettings(
        Tokens.of("kong/" + Version.COMPATIBLE),
        new NodeSettings.Show(
            headers.contains("server"),
            headers.contains("via"),
            headers.contains("x-kong-proxy-latency"),
            headers.contains("x-kong-upstream-latency"),
            headers.contains("x-kong-response-latency"),
            headers.contains("x-kong-upstream-status"),
            headers.contains("x-kong-request-id")),
        upstream.contains("x-kong-request-id"),
        trusted(config),
        config.string("real_ip_header"),
        config.flag("real_ip_recursive"),
        config.string("error_default_type"),
        templates(config),
        portMaps(config),
        config.flag("allow_debug_header"),
        (int) Math.max(64 * 1024, Math.min(16 << 20, config.size("client_body_buffer_size"))),
        config.size("nginx_http_client_max_body_size"),
        new NodeSettings.ClientTimeouts(
            config.millis("nginx_http_client_header_timeout", 60),
            config.millis("nginx_http_keepalive_timeout", 75),
            config.millis("nginx_http_client_body_timeout", 60),
            config.millis("nginx_http_send_timeout", 60)),
        (long) (config.number("filter_timeout", 300) * 1000),
        Math.max(1, (long) config.number("max_in_flight", 16_384)),
        new NodeSettings.Pool(
            (int) config.number("upstream_keepalive_pool_size", 512),
            (int) config.number("upstream_keepalive_max_requests", 10_000),
            (long) (config.number("upstream_keepalive_idle_timeout", 60) * 1000)));
  }

  /** How upstreams are balanced that do not say it themselves. */
  static BalancingPolicy balancing(NodeConfig config) {
    try {
      return BalancingPolicy.of(config::text);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage());
    }
  }

  private static Set<String> headers(NodeConfig config, String setting) {
    List<String> given = config.list(setting);
    if (given.equals(List.of("off"))) {
      return Set.of();
    }
    return given.stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .flatMap(
            name -> {
              if (!NAMES.contains(name) && !TOKENS.containsKey(name)) {
                throw new ConfigException(setting + ": invalid entry '" + name + "'");
              }
              return TOKENS.getOrDefault(name, List.of(name)).stream();
            })
        .collect(Collectors.toSet());
  }

  private static TrustedPeers trusted(NodeConfig config) {
    try {
      return TrustedPeers.parse(config.list("trusted_ips"));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage());
    }
  }

  private static Map<String, String> templates(NodeConfig config) {
    Map<String, String> templates = new HashMap<>();
    Map<String, String> settings =
        Map.of(
            "error_template_html", "text/html",
            "error_template_json", "application/json",
            "error_template_plain", "text/plain",
            "error_template_xml", "application/xml");
    settings.forEach(
        (setting, type) ->
            config
                .text(setting)
                .ifPresent(
                    file -> {
                      try {
                        templates.put(type, Files.readString(Path.of(file)));
                      } catch (IOException e) {
                        throw new ConfigException(setting + ": cannot read " + file);
                      }
                    }));
    return Map.copyOf(templates);
  }

  private static Map<Integer, Integer> portMaps(NodeConfig config) {
    Map<Integer, Integer> maps = new HashMap<>();
    for (String item : config.list("port_maps")) {
      String[] ports = item.split(":", -1);
      try {
        maps.put(Integer.parseInt(ports[1].trim()), Integer.parseInt(ports[0].trim()));
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
        throw new ConfigException("invalid port mapping (`port_maps`): " + item);
      }
    }
    return Map.copyOf(maps);
  }
}
