package dev.sluice.plugins.oauth2;

import dev.sluice.api.request.ClientRequest;

/** Secrets go over TLS alone. */
final class Tls {

  private Tls() {}

  /**
   * Refuses what comes without it.
   *
   * @param terminated whether a trusted peer may have ended it
   */
  static void demand(ClientRequest request, boolean terminated) throws OauthException {
    boolean secure =
        request.scheme().equals("https") || terminated && request.forwardedScheme().equals("https");
    if (!secure) {
      throw new OauthException("access_denied", "You must use HTTPS");
    }
  }
}
