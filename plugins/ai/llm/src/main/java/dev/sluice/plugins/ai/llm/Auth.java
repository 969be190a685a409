package dev.sluice.plugins.ai.llm;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * What the gateway shows to the provider. It is never to be shown to anybody else, so none of it is in the text form.
 *
 * @param header the name of a header and its value
 * @param param the name of an argument and its value
 * @param inBody whether that argument stands in the body, and not in the query
 * @param override whether what the client sends under these names counts instead
 * @param aws the id of a key and its secret
 * @param google the JSON of a service account; the empty text where the environment is to hold it
 */
public record Auth(
    Optional<Pair> header,
    Optional<Pair> param,
    boolean inBody,
    boolean override,
    Optional<Pair> aws,
    Optional<String> google) {

  private static final Auth NONE =
      new Auth(Optional.empty(), Optional.empty(), false, false, Optional.empty(), Optional.empty());

  /**
   * A name and what is secret of it.
   *
   * @param name public
   * @param value secret
   */
  public record Pair(String name, String value) {
    static Optional<Pair> of(JsonObject config, String name, String value) {
      return config.getString(name) == null || config.getString(value) == null
          ? Optional.empty()
          : Optional.of(new Pair(config.getString(name), config.getString(value)));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Auth decode(JsonObject config) {
    if (config == null) {
      return NONE;
    }
    boolean google = Boolean.TRUE.equals(config.getBoolean("gcp_use_service_account"));
    String account = config.getString("gcp_service_account_json");
    return new Auth(
        Pair.of(config, "header_name", "header_value"),
        Pair.of(config, "param_name", "param_value"),
        "body".equals(config.getString("param_location")),
        Boolean.TRUE.equals(config.getBoolean("allow_override")),
        Pair.of(config, "aws_access_key_id", "aws_secret_access_key"),
        google ? Optional.of(account == null ? "" : account) : Optional.empty());
  }

  @Override
  public String toString() {
    return "Auth" + header + param;
  }
}
