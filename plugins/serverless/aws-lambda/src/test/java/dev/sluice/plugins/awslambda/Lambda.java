package dev.sluice.plugins.awslambda;

import dev.sluice.testkit.TestBackend;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Functions behind a door that lets only signed requests in; what they say depends on their names. */
final class Lambda {

  static final Map<String, String> SECRETS = Map.of("AKID", "the/secret", "ASIA1", "of the role", "ASIA2", "machine");
  static final Map<String, String> SAYS = new ConcurrentHashMap<>();

  private Lambda() {}

  static TestBackend open() {
    return TestBackend.of(request -> request.body().onSuccess(body -> {
      if (!isSigned(request, body)) {
        request.response().setStatusCode(403).end("{\"message\":\"signature does not match\"}");
        return;
      }
      String name = request.path().split("/", -1)[3];
      request.response().putHeader("Content-Type", "application/json").putHeader("X-Amz-Executed-Version", "7");
      if (name.equals("failing")) {
        request.response().putHeader("X-Amz-Function-Error", "Unhandled");
      }
      String said = SAYS.get(name);
      request.response().end(said != null ? said : new JsonObject()
          .put("uri", request.uri())
          .put("type", request.getHeader("X-Amz-Invocation-Type"))
          .put("log", request.getHeader("X-Amz-Log-Type"))
          .put("token", request.getHeader("X-Amz-Security-Token"))
          .put("event", new JsonObject(body))
          .encode());
    }));
  }

  /** Computed from what has arrived alone, by AWS's description of its signatures. */
  static boolean isSigned(HttpServerRequest request, Buffer body) {
    try {
      String[] parts = String.valueOf(request.getHeader("Authorization")).split("[ ,=]+", -1);
      if (parts.length < 7 || !parts[0].equals("AWS4-HMAC-SHA256")) {
        return false;
      }
      String[] scope = parts[2].split("/", -1);
      StringBuilder canonical = new StringBuilder(request.method().name()).append('\n');
      canonical.append(request.path().replace("%", "%25")).append('\n');
      canonical.append(request.query() == null ? "" : request.query()).append('\n');
      for (String name : parts[4].split(";", -1)) {
        canonical.append(name).append(':').append(request.getHeader(name)).append('\n');
      }
      canonical.append('\n').append(parts[4]).append('\n').append(hash(body.getBytes()));
      String toSign = "AWS4-HMAC-SHA256\n" + request.getHeader("X-Amz-Date") + "\n"
          + parts[2].substring(parts[2].indexOf('/') + 1) + "\n"
          + hash(canonical.toString().getBytes(StandardCharsets.UTF_8));
      byte[] key = ("AWS4" + SECRETS.get(scope[0])).getBytes(StandardCharsets.UTF_8);
      for (int i = 1; i < scope.length; i++) {
        key = hmac(key, scope[i]);
      }
      return request.getHeader("X-Amz-Date").startsWith(scope[1])
          && HexFormat.of().formatHex(hmac(key, toSign)).equals(parts[6]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hash(byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
