package dev.sluice.plugins.ai.llm;

import dev.sluice.api.PluginContext;
import dev.sluice.api.security.PemKeys;
import dev.sluice.plugins.serverless.FunctionAnswer;
import dev.sluice.plugins.serverless.FunctionClient;
import dev.sluice.plugins.serverless.FunctionClient.Way;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Exchanges the key of a service account for tokens, and keeps each until a minute before it ends. Safe for all threads. */
final class GoogleTokens {

  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
  private static final String GRANT = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=";
  private static final long TIMEOUT = 10_000;
  private static final int KEEPALIVE = 60_000;
  private static final int OK = 200;
  private static final int HOUR = 3600;
  private static final int MARGIN = 60;

  private final JsonObject account;
  private final PrivateKey key;
  private final URI service;
  private final FunctionClient client;
  private final PluginContext lent;
  private volatile Token known;

  private record Token(String text, Instant ends) {}

  private GoogleTokens(JsonObject account, FunctionClient client, PluginContext lent) throws InvalidKeyException {
    this.account = account;
    this.key = PemKeys.privateKey(account.getString("private_key", ""));
    this.service = URI.create(account.getString("token_uri", "https://oauth2.googleapis.com/token"));
    this.client = client;
    this.lent = lent;
  }

  /**
   * Those of a configuration; empty when it asks for none.
   *
   * @throws IllegalArgumentException when the account is none
   */
  static Optional<GoogleTokens> of(
      LlmConfig config, Map<String, String> environment, FunctionClient client, PluginContext lent) {
    if (config.auth().google().isEmpty() || !config.model().provider().equals("gemini")) {
      return Optional.empty();
    }
    String given = config.auth().google().get();
    String text = given.isEmpty() ? environment.getOrDefault("GCP_SERVICE_ACCOUNT", "") : given;
    if (text.isEmpty()) {
      throw new IllegalArgumentException("auth.gcp_use_service_account is supported with a key alone: set"
          + " auth.gcp_service_account_json, or GCP_SERVICE_ACCOUNT in the environment");
    }
    try {
      return Optional.of(new GoogleTokens(new JsonObject(text), client, lent));
    } catch (DecodeException | InvalidKeyException | IllegalArgumentException | ClassCastException e) {
      // What the parsers say may quote the account, of which a part is secret.
      throw new IllegalArgumentException("the JSON of the service account cannot be read");
    }
  }

  Future<String> get() {
    Token token = known;
    if (token != null && lent.clock().instant().isBefore(token.ends())) {
      return Future.succeededFuture(token.text());
    }
    Instant now = lent.clock().instant();
    return lent.blocking(() -> assertion(now)).compose(this::ask).map(answer -> {
      JsonObject json = answer.status() == OK ? new JsonObject(answer.body()) : new JsonObject();
      String text = Pick.text(json, "access_token")
          .orElseThrow(() -> new IllegalStateException("no token for the service account: " + answer.status()));
      known = new Token(text, now.plusSeconds(Math.max(0, Pick.count(json, "expires_in") - MARGIN)));
      return text;
    });
  }

  private String assertion(Instant now) throws GeneralSecurityException {
    JsonObject head = new JsonObject().put("alg", "RS256").put("typ", "JWT");
    Pick.copy(account, "private_key_id", head, "kid");
    JsonObject claims = new JsonObject()
        .put("iss", account.getString("client_email"))
        .put("scope", SCOPE)
        .put("aud", service.toString())
        .put("iat", now.getEpochSecond())
        .put("exp", now.getEpochSecond() + HOUR);
    String signed = base64(head.encode().getBytes(StandardCharsets.UTF_8)) + "."
        + base64(claims.encode().getBytes(StandardCharsets.UTF_8));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key);
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + base64(signature.sign());
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private Future<FunctionAnswer> ask(String assertion) {
    boolean secure = "https".equals(service.getScheme());
    RequestOptions request = new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setHost(service.getHost())
        .setPort(service.getPort() >= 0 ? service.getPort() : secure ? 443 : 80)
        .setSsl(secure)
        .setURI(service.getRawPath())
        .putHeader("Content-Type", "application/x-www-form-urlencoded")
        .setTimeout(TIMEOUT);
    return client.send(Way.direct(true, KEEPALIVE), request, Buffer.buffer(GRANT + assertion));
  }
}
