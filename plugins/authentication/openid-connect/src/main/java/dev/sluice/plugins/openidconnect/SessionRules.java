package dev.sluice.plugins.openidconnect;

import dev.sluice.plugins.authentication.Seal;
import dev.sluice.plugins.authentication.Timeouts;
import io.vertx.core.json.JsonObject;

/**
 * How browsers are known again. Shows in no text.
 *
 * @param timeouts of sessions
 * @param refresh whether expired tokens are exchanged for new ones
 * @param cookies that a session is in
 * @param logins the cookies that logins under way are in
 */
record SessionRules(Timeouts timeouts, boolean refresh, CookieJar cookies, CookieJar logins) {

  private static final String SAME_SITE = "authorization_cookie_same_site";

  static SessionRules decode(JsonObject config, String clientId) {
    String secret = config.getString("session_secret");
    if (secret == null) {
      throw new IllegalArgumentException("a session needs a secret");
    }
    // What one configuration has sealed is nothing to another one, though they may share the secret.
    String whose = String.join("\0",
        config.getString("session_audience"), config.getString("issuer"), clientId);
    return new SessionRules(
        new Timeouts(
            seconds(config, "session_idling_timeout"),
            seconds(config, "session_rolling_timeout"),
            seconds(config, "session_absolute_timeout")),
        config.getBoolean("refresh_tokens"),
        new CookieJar(config, "session_cookie_", new Seal(secret, "openid-connect session\0" + whose)),
        new CookieJar(explicit(config), "authorization_cookie_", new Seal(secret, "openid-connect login\0" + whose)));
  }

  /** What browsers do without a word, in words. A form of another site comes with no cookies but those of None. */
  private static JsonObject explicit(JsonObject config) {
    boolean chosen = !config.getString(SAME_SITE).equals("Default");
    return chosen || config.getString("response_mode").equals("form_post")
        ? config
        : config.copy().put(SAME_SITE, "Lax");
  }

  private static long seconds(JsonObject config, String field) {
    return config.getDouble(field).longValue();
  }

  @Override
  public String toString() {
    return "sessions";
  }
}
