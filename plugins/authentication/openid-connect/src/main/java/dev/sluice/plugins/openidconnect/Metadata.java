package dev.sluice.plugins.openidconnect;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a provider tells of itself.
 *
 * @param issuer as tokens name it
 * @param endpoints by their names in its document, those that are configured before its own
 * @param keys the addresses of its keys
 * @param namesItself whether browsers that it sends back say that they come from it (RFC 9207)
 */
record Metadata(String issuer, Map<String, URI> endpoints, List<URI> keys, boolean namesItself) {

  static final String AUTHORIZATION = "authorization_endpoint";
  static final String TOKEN = "token_endpoint";
  static final String END_SESSION = "end_session_endpoint";
  static final String INTROSPECTION = "introspection_endpoint";
  static final String USER_INFO = "userinfo_endpoint";
  static final String REVOCATION = "revocation_endpoint";

  /** The endpoints that are used, and that a configuration may name. */
  static final List<String> ENDPOINTS = List.of(AUTHORIZATION, TOKEN, END_SESSION, INTROSPECTION, USER_INFO, REVOCATION);

  /** Of a provider without a document. */
  static Metadata configured(ProviderPlace place) throws IOException {
    return read(place, new JsonObject().put("issuer", place.issuer().toString()));
  }

  /**
   * Reads the document.
   *
   * @throws IOException when it is none, or when it leads from an encrypted place to one that is not
   */
  static Metadata read(ProviderPlace place, JsonObject document) throws IOException {
    if (!(document.getValue("issuer") instanceof String issuer) || issuer.isEmpty()) {
      throw new IOException("the document names no issuer");
    }
    Map<String, URI> endpoints = new HashMap<>();
    for (String name : ENDPOINTS) {
      Object known = place.endpoints().containsKey(name) ? place.endpoints().get(name) : document.getValue(name);
      if (known instanceof String text) {
        endpoints.put(name, address(place, name, text));
      }
    }
    List<URI> keys = new ArrayList<>(place.extraKeys());
    if (document.getValue("jwks_uri") instanceof String text) {
      keys.add(address(place, "jwks_uri", text));
    }
    boolean namesItself = Boolean.TRUE.equals(document.getValue("authorization_response_iss_parameter_supported"));
    return new Metadata(issuer, Map.copyOf(endpoints), List.copyOf(keys), namesItself);
  }

  private static URI address(ProviderPlace place, String name, String text) throws IOException {
    try {
      URI address = ProviderPlace.address(text);
      if (place.isEncrypted() && !"https".equalsIgnoreCase(address.getScheme())) {
        throw new IOException(name + " is not encrypted, and the issuer is");
      }
      return address;
    } catch (IllegalArgumentException e) {
      throw new IOException(name + " is no address of HTTP", e);
    }
  }

  /** The address of an endpoint, when the provider has it. */
  Optional<URI> endpoint(String name) {
    return Optional.ofNullable(endpoints.get(name));
  }

  /**
   * The address of an endpoint.
   *
   * @throws IOException when the provider has none
   */
  URI demand(String name) throws IOException {
    return endpoint(name).orElseThrow(() -> new IOException("the provider has no " + name));
  }
}
