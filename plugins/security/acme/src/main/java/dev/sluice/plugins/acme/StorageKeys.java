package dev.sluice.plugins.acme;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The names of what is kept. They are Kong's, so that both may share a storage. */
final class StorageKeys {

  static final String RENEWALS = "kong_acme:renew_config:";

  private static final String CERTIFICATE = "kong_acme:cert_key:";
  private static final String LOCK = "kong_acme:update_lock:";
  private static final String BACKOFF = "kong_acme:fail_backoff:";
  private static final String ACCOUNT = "kong_acme:account:";

  private StorageKeys() {}

  static String challenge(String token) {
    return token + "#http-01";
  }

  static String lock(String host) {
    return LOCK + host;
  }

  static String backoff(String host) {
    return BACKOFF + host;
  }

  static String renewal(String host) {
    return RENEWALS + host;
  }

  static String certificate(String host) {
    return CERTIFICATE + host;
  }

  static String account(AcmeConfig config) {
    byte[] email = config.accountEmail().getBytes(StandardCharsets.UTF_8);
    return ACCOUNT + config.apiUri() + ":" + Base64.getEncoder().encodeToString(email);
  }
}
