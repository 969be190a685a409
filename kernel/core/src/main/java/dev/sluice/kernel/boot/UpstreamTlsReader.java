package dev.sluice.kernel.boot;

import dev.sluice.api.entity.Certificate;
import dev.sluice.api.security.TrustedAuthorities;
import dev.sluice.kernel.trust.Authorities;
import dev.sluice.kernel.trust.NodeTls;
import dev.sluice.kernel.trust.PemSource;
import java.util.List;
import java.util.Optional;

/** Reads how upstreams are met over TLS where their service leaves it open, with Kong's messages. */
final class UpstreamTlsReader {

  private static final String TRUSTED = "lua_ssl_trusted_certificate";
  private static final List<String> INJECTED = List.of("nginx_location_", "nginx_proxy_", "nginx_http_");

  private UpstreamTlsReader() {}

  static NodeTls read(NodeConfig config) {
    List<String> trusted = config.list(TRUSTED);
    if (trusted.isEmpty()) {
      trusted = List.of(TrustedAuthorities.SYSTEM);
    }
    trusted.forEach(source -> exists(TRUSTED, source));
    Authorities node = new Authorities(trusted);
    return new NodeTls(shown(config), defaults(config, "proxy_ssl_", node), defaults(config, "grpc_ssl_", node), node);
  }

  private static void exists(String setting, String source) {
    if (!source.equals(TrustedAuthorities.SYSTEM) && PemSource.read(source).isEmpty()) {
      throw new ConfigException(setting + ": no such file at " + source);
    }
  }

  private static NodeTls.Defaults defaults(NodeConfig config, String directives, Authorities node) {
    boolean verify = directive(config, directives + "verify").filter("on"::equals).isPresent();
    double nodes = config.number("lua_ssl_verify_depth", 1);
    double depth = directive(config, directives + "verify_depth").map(text -> number(directives, text)).orElse(nodes);
    Optional<String> own = directive(config, directives + "trusted_certificate");
    own.ifPresent(source -> exists(directives + "trusted_certificate", source));
    return new NodeTls.Defaults(verify, (int) depth, own.map(List::of).map(Authorities::new).orElse(node));
  }

  private static double number(String directives, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new ConfigException(directives + "verify_depth is not a number: '" + text + "'");
    }
  }

  /** The innermost place where a directive is injected counts, as for nginx. */
  private static Optional<String> directive(NodeConfig config, String name) {
    return INJECTED.stream().flatMap(place -> config.text(place + name).stream()).findFirst();
  }

  private static Optional<Certificate> shown(NodeConfig config) {
    if (!config.flag("client_ssl")) {
      return Optional.empty();
    }
    for (String needed : List.of("client_ssl_cert", "client_ssl_cert_key")) {
      if (config.text(needed).isEmpty()) {
        throw new ConfigException(needed + " must be specified");
      }
    }
    return Optional.of(
        new Certificate(
            "of client_ssl_cert",
            pem(config, "client_ssl_cert", "certificate"),
            pem(config, "client_ssl_cert_key", "key"),
            Optional.empty(),
            Optional.empty()));
  }

  /** What may be a key is not shown. */
  private static String pem(NodeConfig config, String setting, String what) {
    return PemSource.read(config.string(setting))
        .orElseThrow(() -> new ConfigException(setting + ": failed loading " + what));
  }
}
