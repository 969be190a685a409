package dev.sluice.plugins.openidconnect;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.request.ClientRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * How a browser logs out.
 *
 * @param methods with which it can
 * @param suffix of the path that says so; empty for none
 * @param argument of the query that says so; empty for none
 * @param destination where it is sent in the end
 * @param revokeAccess whether the provider is told to forget the access token
 * @param revokeRefresh whether the provider is told to forget the refresh token
 */
record LogoutRules(
    List<String> methods,
    String suffix,
    String argument,
    Optional<String> destination,
    boolean revokeAccess,
    boolean revokeRefresh) {

  static LogoutRules decode(JsonObject config) {
    Optional<String> destination = Documents.strings(config, "logout_redirect_uri").stream().findFirst();
    destination.ifPresent(ProviderPlace::address);
    boolean revoke = config.getBoolean("logout_revoke");
    return new LogoutRules(
        Documents.strings(config, "logout_methods"),
        Documents.string(config, "logout_uri_suffix", ""),
        Documents.string(config, "logout_query_arg", ""),
        destination,
        revoke && config.getBoolean("logout_revoke_access_token"),
        revoke && config.getBoolean("logout_revoke_refresh_token"));
  }

  boolean isAsked(ClientRequest request) {
    return methods.contains(request.method())
        && (!suffix.isEmpty() && request.path().endsWith(suffix)
            || !argument.isEmpty() && request.query().containsKey(argument));
  }
}
