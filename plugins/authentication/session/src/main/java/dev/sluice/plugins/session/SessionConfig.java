package dev.sluice.plugins.session;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.schema.BooleanField;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.ListField;
import dev.sluice.api.schema.NumberField;
import dev.sluice.api.schema.Shorthand;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.authentication.CookieForm;
import dev.sluice.plugins.authentication.Timeouts;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The configuration.
 *
 * @param secret that sessions are sealed with
 * @param stored whether the store keeps them, and not the browser
 * @param audience for whom sessions are
 * @param timeouts of sessions
 * @param staleSeconds how long a session that was replaced is still good
 * @param cookie that a session is in
 * @param remember whether browsers are remembered for longer
 * @param rememberCookie by which they are
 * @param rememberTimeouts for how long
 * @param requestHeaders what the upstream is told of a session
 * @param responseHeaders what the client is told
 * @param logout how a session is ended
 */
record SessionConfig(
    String secret,
    boolean stored,
    String audience,
    Timeouts timeouts,
    long staleSeconds,
    CookieForm cookie,
    boolean remember,
    CookieForm rememberCookie,
    Timeouts rememberTimeouts,
    List<SessionHeader> requestHeaders,
    List<SessionHeader> responseHeaders,
    Logout logout) {

  static final ConfigSchema<SessionConfig> SCHEMA = schema();

  private static ConfigSchema<SessionConfig> schema() {
    return ConfigSchema.of(SessionConfig::decode)
        .withoutConsumer()
        .protocols(Fields.set(Types.protocol().required())
            .required()
            .defaultTo("grpc", "grpcs", "http", "https")
            .describe("The protocols for which the plugin runs."))
        .field("secret", Fields.string()
            .optional()
            .defaultTo(randomSecret())
            .encrypted()
            .referenceable()
            .describe("The secret that sessions are sealed with."))
        .field("storage", Fields.string()
            .oneOf("cookie", "kong")
            .defaultTo("cookie")
            .describe("Whether the browser keeps the session, or the store of the gateway."))
        .field("audience", text("default", "For whom the sessions are: others do not take them."))
        .field("idling_timeout", seconds(900, "After how many seconds without a request a session ends; 0 for never."))
        .field("rolling_timeout", seconds(3600, "For how many seconds a session is good until it is renewed."))
        .field("absolute_timeout", seconds(86_400, "After how many seconds a session ends in any case; 0 for never."))
        .field("stale_ttl", seconds(10, "For how many seconds a renewed session is still good in its old form."))
        .field("cookie_name", text("session", "The name of the cookie."))
        .field("cookie_path", text("/", "The path of the cookie."))
        .field("cookie_domain", Fields.string().describe("The domain of the cookie."))
        .field("cookie_same_site", Fields.string()
            .oneOf("Strict", "Lax", "None", "Default")
            .defaultTo("Strict")
            .describe("Whether the browser sends the cookie along with requests from other sites."))
        .field("cookie_http_only", flag(true, "Whether scripts cannot read the cookie."))
        .field("cookie_secure", flag(true, "Whether the browser sends the cookie over TLS alone."))
        .field("remember", flag(false, "Whether the browser is remembered after the session has ended."))
        .field("remember_cookie_name", text("remember", "The name of the cookie by which it is."))
        .field("remember_rolling_timeout", seconds(604_800, "For how many seconds it is, until it comes again."))
        .field("remember_absolute_timeout", seconds(2_592_000, "For how many seconds it is in any case."))
        .field("response_headers", headers("What the client is told of its session."))
        .field("request_headers", headers("What the upstream is told of the session."))
        .field("read_body_for_logout", flag(false, "Whether the argument that ends a session may be in the body."))
        .field("logout_methods", Fields.set(Fields.string().oneOf("GET", "POST", "DELETE"))
            .defaultTo("POST", "DELETE")
            .describe("The methods with which a session may be ended."))
        .field("logout_query_arg", text("session_logout", "The argument of the query that ends a session."))
        .field("logout_post_arg", text("session_logout", "The argument of the body that ends a session."))
        .shorthand(former("cookie_lifetime", Fields.number(), "rolling_timeout"))
        .shorthand(Shorthand.expanding(
            "cookie_idletime",
            Fields.number(),
            value -> new JsonObject().put("idling_timeout", value.orElse(0))))
        .shorthand(Shorthand.expanding("cookie_renew", Fields.number(), value -> new JsonObject()))
        .shorthand(former("cookie_discard", Fields.number(), "stale_ttl"))
        .shorthand(former("cookie_samesite", Fields.string(), "cookie_same_site", old ->
            "off".equals(old) ? "Default" : old))
        .shorthand(former("cookie_httponly", Fields.bool(), "cookie_http_only"))
        .shorthand(former("cookie_persistent", Fields.bool(), "remember"))
        .build();
  }

  private static Shorthand former(String name, Field field, String now) {
    return former(name, field, now, UnaryOperator.identity());
  }

  private static Shorthand former(String name, Field field, String now, UnaryOperator<Object> change) {
    return Shorthand.expanding(
        name, field, value -> new JsonObject().put(now, value.map(change).orElse(null)));
  }

  private static Field text(String value, String description) {
    return Fields.string().defaultTo(value).describe(description);
  }

  private static NumberField seconds(long value, String description) {
    return Fields.number().defaultTo(value).describe(description);
  }

  private static BooleanField flag(boolean value, String description) {
    return Fields.bool().defaultTo(value).describe(description);
  }

  private static ListField headers(String description) {
    return Fields.set(Fields.string().oneOf(SessionHeader.labels())).describe(description);
  }

  /** What stands in for a secret that nobody has given: kept with the configuration, it is the same on all nodes. */
  private static String randomSecret() {
    byte[] bytes = new byte[33];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes).replace('+', 'a').replace('/', 'b');
  }

  private static SessionConfig decode(JsonObject config) {
    String secret = config.getString("secret");
    if (secret == null) {
      throw new IllegalArgumentException("a session needs a secret");
    }
    boolean secure = Documents.bool(config, "cookie_secure", true);
    Timeouts timeouts = new Timeouts(
        number(config, "idling_timeout"), number(config, "rolling_timeout"), number(config, "absolute_timeout"));
    Timeouts remembered =
        new Timeouts(0, number(config, "remember_rolling_timeout"), number(config, "remember_absolute_timeout"));
    return new SessionConfig(
        secret,
        "kong".equals(config.getString("storage")),
        Documents.string(config, "audience", "default"),
        timeouts,
        number(config, "stale_ttl"),
        CookieForm.decode(Documents.string(config, "cookie_name", "session"), config, "cookie_", secure),
        Documents.bool(config, "remember", false),
        CookieForm.decode(Documents.string(config, "remember_cookie_name", "remember"), config, "cookie_", secure),
        remembered,
        SessionHeader.labelled(Documents.strings(config, "request_headers")),
        SessionHeader.labelled(Documents.strings(config, "response_headers")),
        Logout.decode(config));
  }

  private static long number(JsonObject config, String field) {
    Double value = config.getDouble(field);
    return value == null ? 0 : value.longValue();
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "session " + audience;
  }
}
