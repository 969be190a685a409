package dev.sluice.kernel.tls;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of ciphers as OpenSSL has them, in those of Java. */
final class CipherNames {

  /** The ciphers of TLS 1.3, whose names are the same; settings that name ciphers do not concern them. */
  static final List<String> TLS_1_3 =
      List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256");

  private static final Pattern OPENSSL =
      Pattern.compile(
          "(?<exchange>ECDHE-ECDSA-|ECDHE-RSA-|DHE-RSA-|)"
              + "(?:AES(?<bits>128|256)-(?<gcm>GCM-)?(?<hash>SHA256|SHA384|SHA)|(?<chacha>CHACHA20-POLY1305))");

  private CipherNames() {}

  /** Java's name of a cipher; empty when it is none that both know. */
  static Optional<String> java(String openSsl) {
    if (openSsl.startsWith("TLS_")) {
      return Optional.of(openSsl);
    }
    Matcher parts = OPENSSL.matcher(openSsl);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String exchange = parts.group("exchange");
    String name = "TLS_" + (exchange.isEmpty() ? "RSA_" : exchange.replace('-', '_')) + "WITH_";
    if (parts.group("chacha") != null) {
      return Optional.of(name + "CHACHA20_POLY1305_SHA256");
    }
    String mode = parts.group("gcm") == null ? "CBC" : "GCM";
    return Optional.of(name + "AES_" + parts.group("bits") + "_" + mode + "_" + parts.group("hash"));
  }
}
