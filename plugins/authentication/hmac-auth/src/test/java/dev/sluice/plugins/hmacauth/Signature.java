package dev.sluice.plugins.hmacauth;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Signs requests as clients do. */
final class Signature {

  static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

  private String username = "bob";
  private String algorithm = "hmac-sha256";
  private String secret = "secret";
  private final Map<String, String> lines = new LinkedHashMap<>();
  private final Map<String, String> headers = new HashMap<>();

  static String date(Instant time) {
    return DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
        .withZone(ZoneOffset.UTC)
        .format(time);
  }

  /** Signs the present date. */
  static Signature dated() {
    return new Signature().header("date", date(NOW));
  }

  static Signature empty() {
    return new Signature();
  }

  Signature by(String name, String key) {
    username = name;
    secret = key;
    return this;
  }

  Signature with(String name) {
    algorithm = name;
    return this;
  }

  /** A header that is sent and signed. */
  Signature header(String name, String value) {
    headers.put(name, value);
    lines.put(name, name + ": " + value);
    return this;
  }

  /** A header that is sent, but not signed. */
  Signature unsigned(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** A line that stands for something else than a header. */
  Signature line(String name, String text) {
    lines.put(name, text);
    return this;
  }

  String value() {
    byte[] bytes = HmacAlgorithm.labelled(algorithm).orElse(HmacAlgorithm.HMAC_SHA256)
        .sign(secret, String.join("\n", lines.values()));
    return "hmac username=\"" + username + "\", algorithm=\"" + algorithm + "\", headers=\""
        + String.join(" ", lines.keySet()) + "\", signature=\"" + Base64.getEncoder().encodeToString(bytes) + "\"";
  }

  Map<String, String> headers() {
    return headers("Authorization");
  }

  Map<String, String> headers(String name) {
    Map<String, String> all = new HashMap<>(headers);
    all.put(name, value());
    return all;
  }
}
