package dev.sluice.plugins.authentication;

import dev.sluice.api.entity.Documents;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;

/**
 * How a cookie is set.
 *
 * @param name of the cookie
 * @param attributes that it always has, each after a semicolon
 */
public record CookieForm(String name, String attributes) {

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern ATTRIBUTE = Pattern.compile("[\\x20-\\x7E&&[^;]]+");

  /**
   * By a configuration.
   *
   * @param prefix of the fields that say how, such as {@code cookie_}
   * @param secure whether it goes over TLS alone
   * @throws IllegalArgumentException when it cannot stand in a header
   */
  public static CookieForm decode(String name, JsonObject config, String prefix, boolean secure) {
    if (!TOKEN.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no name of a cookie");
    }
    StringBuilder text = new StringBuilder();
    add(text, "Path=", Documents.string(config, prefix + "path", "/"));
    add(text, "Domain=", Documents.string(config, prefix + "domain", ""));
    String sameSite = Documents.string(config, prefix + "same_site", "Strict");
    add(text, "SameSite=", sameSite.equals("Default") ? "" : sameSite);
    text.append(secure ? "; Secure" : "");
    text.append(Documents.bool(config, prefix + "http_only", true) ? "; HttpOnly" : "");
    return new CookieForm(name, text.toString());
  }

  private static void add(StringBuilder text, String attribute, String value) {
    if (value.isEmpty()) {
      return;
    }
    if (!ATTRIBUTE.matcher(value).matches()) {
      throw new IllegalArgumentException("'" + value + "' cannot stand in a cookie");
    }
    text.append("; ").append(attribute).append(value);
  }

  /** Sets it until the browser is closed. */
  public String set(String value) {
    return name + "=" + value + attributes;
  }

  /** Sets it for some time. */
  public String set(String value, long seconds) {
    return set(value) + "; Max-Age=" + seconds;
  }

  /** Takes it away. */
  public String clear() {
    return name + "=" + attributes + "; Expires=Thu, 01 Jan 1970 00:00:01 GMT; Max-Age=0";
  }
}
