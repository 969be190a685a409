package dev.sluice.plugins.acme;

import dev.sluice.api.PluginContext;
import dev.sluice.api.security.TrustedAuthorities;
import io.vertx.core.http.HttpClientOptions;

/** Whom the gateway trusts. */
final class Trust {

  private Trust() {}

  static HttpClientOptions options(PluginContext context) {
    HttpClientOptions options = new HttpClientOptions();
    TrustedAuthorities.of(context.node()).ifPresent(options::setTrustOptions);
    return options;
  }
}
