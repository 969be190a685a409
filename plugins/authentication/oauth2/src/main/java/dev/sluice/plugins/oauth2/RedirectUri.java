package dev.sluice.plugins.oauth2;

import dev.sluice.api.request.UrlEncoded;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where the user's browser is sent. */
final class RedirectUri {

  private static final String NAME = "redirect_uri";

  private RedirectUri() {}

  /**
   * The one that a client asks for, or the first of its own.
   *
   * @throws OauthException when it is none of the client's
   */
  static String chosen(Parameters parameters, OauthClient client) throws OauthException {
    if (parameters.find(NAME).isNone()) {
      return client.redirectUris().get(0);
    }
    Optional<String> asked = parameters.text(NAME).filter(client.redirectUris()::contains);
    return asked.orElseThrow(
        () -> OauthException.invalidRequest(
            "Invalid redirect_uri that does not match with any redirect_uri created with the application"));
  }

  /** With parameters in the query. */
  static String withQuery(String uri, JsonObject parameters) {
    int mark = uri.indexOf('?');
    Map<String, List<String>> all = new TreeMap<>(mark < 0 ? Map.of() : UrlEncoded.parse(uri.substring(mark + 1)));
    parameters.forEach(one -> all.put(one.getKey(), List.of(String.valueOf(one.getValue()))));
    return (mark < 0 ? uri : uri.substring(0, mark)) + "?" + encoded(all);
  }

  /** With parameters in the fragment, which the browser keeps to itself. */
  static String withFragment(String uri, JsonObject parameters) {
    Map<String, List<String>> all = new TreeMap<>();
    parameters.forEach(one -> all.put(one.getKey(), List.of(String.valueOf(one.getValue()))));
    return uri + "#" + encoded(all);
  }

  private static String encoded(Map<String, List<String>> parameters) {
    StringBuilder text = new StringBuilder();
    parameters.forEach(
        (name, values) ->
            values.forEach(
                value ->
                    text.append(text.length() == 0 ? "" : "&").append(escaped(name)).append('=').append(escaped(value))));
    return text.toString();
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
  }
}
