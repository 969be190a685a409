package dev.sluice.plugins.acme;

import dev.sluice.api.PluginContext;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Whom the gateway trusts: what its setting names, and the JDK's authorities when that names nothing else. */
final class Trust {

  private static final List<Path> SYSTEM_BUNDLES =
      List.of(Path.of("/etc/ssl/certs/ca-certificates.crt"), Path.of("/etc/pki/tls/certs/ca-bundle.crt"));

  private Trust() {}

  static HttpClientOptions options(PluginContext context) {
    HttpClientOptions options = new HttpClientOptions();
    String setting = context.node().setting("lua_ssl_trusted_certificate").orElse("system");
    List<String> names = Stream.of(setting.split(",", -1)).map(String::trim).filter(name -> !name.isEmpty()).toList();
    if (names.stream().allMatch("system"::equals)) {
      return options;
    }
    PemTrustOptions trusted = new PemTrustOptions();
    for (String name : names) {
      if (name.equals("system")) {
        SYSTEM_BUNDLES.stream().filter(Files::isReadable).findFirst()
            .ifPresent(bundle -> trusted.addCertPath(bundle.toString()));
      } else {
        trusted.addCertPath(name);
      }
    }
    return options.setTrustOptions(trusted);
  }
}
