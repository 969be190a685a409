package dev.sluice.plugins.logging;

import java.util.Map;

/** The names of ciphers as OpenSSL has them, by which log entries are read. */
final class CipherName {

  private static final Map<String, String> OLD_KEY_EXCHANGES =
      Map.of("TLS_RSA_WITH_", "", "TLS_DHE_RSA_WITH_", "DHE-RSA-", "TLS_ECDHE_RSA_WITH_", "ECDHE-RSA-",
          "TLS_ECDHE_ECDSA_WITH_", "ECDHE-ECDSA-");

  private CipherName() {}

  /** TLS 1.3 has the same names everywhere; for what came before, Java and OpenSSL have their own. */
  static String openSsl(String java) {
    for (Map.Entry<String, String> each : OLD_KEY_EXCHANGES.entrySet()) {
      if (java.startsWith(each.getKey())) {
        return each.getValue() + cipher(java.substring(each.getKey().length()));
      }
    }
    return java;
  }

  private static String cipher(String java) {
    return java
        .replace("AES_128_CBC", "AES128")
        .replace("AES_256_CBC", "AES256")
        .replace("AES_128", "AES128")
        .replace("AES_256", "AES256")
        .replace("CHACHA20_POLY1305_SHA256", "CHACHA20-POLY1305")
        .replace('_', '-');
  }
}
