package dev.sluice.plugins.openidconnect;

import dev.sluice.api.entity.Documents;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a provider is, and how it is asked. What is equal shares what is known of the provider.
 *
 * @param issuer as it is configured: the issuer, or the address of its document
 * @param pseudo whether there is no document
 * @param endpoints that are configured, by their names in the document
 * @param extraKeys addresses of more keys
 * @param verify whether its certificate is looked at
 * @param timeoutMillis for each question
 * @param rediscoverySeconds between two looks for keys that nobody knows
 * @param lifetimeSeconds after which everything is looked for again
 */
record ProviderPlace(
    URI issuer,
    boolean pseudo,
    Map<String, String> endpoints,
    List<URI> extraKeys,
    boolean verify,
    long timeoutMillis,
    long rediscoverySeconds,
    long lifetimeSeconds) {

  private static final String DOCUMENT = "/.well-known/openid-configuration";
  private static final long MILLIS = 1000;
  private static final double USUAL_TIMEOUT = 10_000;

  static ProviderPlace decode(JsonObject config) {
    Map<String, String> endpoints = new TreeMap<>();
    for (String name : Metadata.ENDPOINTS) {
      Optional.ofNullable(config.getString(name)).ifPresent(url -> endpoints.put(name, url));
    }
    return new ProviderPlace(
        address(config.getString("issuer")),
        config.getBoolean("using_pseudo_issuer"),
        Map.copyOf(endpoints),
        Documents.strings(config, "extra_jwks_uris").stream().map(ProviderPlace::address).toList(),
        config.getBoolean("ssl_verify"),
        Math.max(1, Optional.ofNullable(config.getDouble("timeout")).orElse(USUAL_TIMEOUT).longValue()),
        config.getDouble("rediscovery_lifetime").longValue(),
        Math.max(1, config.getDouble("cache_ttl").longValue()));
  }

  /**
   * An address that can be asked.
   *
   * @throws IllegalArgumentException when it cannot
   */
  static URI address(String text) {
    URI uri = URI.create(text);
    boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    if (!http || uri.getHost() == null || uri.getUserInfo() != null) {
      throw new IllegalArgumentException("'" + text + "' is no address of HTTP");
    }
    return uri;
  }

  boolean isEncrypted() {
    return "https".equalsIgnoreCase(issuer.getScheme());
  }

  /** The address of the provider's document. */
  URI document() {
    String text = issuer.toString();
    if (text.contains("/.well-known/")) {
      return issuer;
    }
    return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + DOCUMENT);
  }

  long rediscoveryMillis() {
    return Math.max(1, rediscoverySeconds) * MILLIS;
  }

  long lifetimeMillis() {
    return lifetimeSeconds * MILLIS;
  }
}
