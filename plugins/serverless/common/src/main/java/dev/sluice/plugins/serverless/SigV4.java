package dev.sluice.plugins.serverless;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures of AWS, version 4. */
public final class SigV4 {

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String HMAC = "HmacSHA256";
  private static final String END = "aws4_request";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DAY = 8;

  private SigV4() {}

  /**
   * A request to be signed.
   *
   * @param method its method
   * @param path escaped, as it is sent
   * @param query escaped, its arguments in order
   * @param headers those that are signed, Host among them
   * @param body the whole of it
   */
  public record Request(String method, String path, String query, Map<String, String> headers, Buffer body) {}

  /** The headers that a request needs beside its own. */
  public static Map<String, String> sign(Request request, AwsKeys keys, String region, String service, Instant now) {
    String stamp = STAMP.format(now);
    TreeMap<String, String> signed = new TreeMap<>();
    request.headers().forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value.strip()));
    Map<String, String> added = new TreeMap<>();
    added.put("x-amz-date", stamp);
    keys.token().ifPresent(token -> added.put("x-amz-security-token", token));
    signed.putAll(added);
    StringBuilder lines = new StringBuilder();
    signed.forEach((name, value) -> lines.append(name).append(':').append(value).append('\n'));
    String names = String.join(";", signed.keySet());
    String canonical = String.join(
        "\n",
        request.method(),
        escapedAgain(request.path()),
        request.query(),
        lines.toString(),
        names,
        hash(request.body().getBytes()));
    String scope = String.join("/", stamp.substring(0, DAY), region, service, END);
    String toSign = String.join("\n", ALGORITHM, stamp, scope, hash(utf8(canonical)));
    byte[] key = utf8("AWS4" + keys.secret());
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    added.put("Authorization", ALGORITHM + " Credential=" + keys.id() + "/" + scope + ", SignedHeaders=" + names
        + ", Signature=" + HexFormat.of().formatHex(hmac(key, toSign)));
    return added;
  }

  /** Every service but one signs a path that is escaped twice. */
  private static String escapedAgain(String path) {
    return path.replace("%", "%25");
  }

  /** A text as it stands in a path or a query. */
  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : utf8(text)) {
      boolean plain = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || "-._~".indexOf(b) >= 0;
      escaped.append(plain ? String.valueOf((char) b) : "%" + HexFormat.of().withUpperCase().toHexDigits(b));
    }
    return escaped.toString();
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(utf8(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
