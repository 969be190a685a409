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
 */
record LogoutRules(List<String> methods, String suffix, String argument, Optional<String> destination) {

  static LogoutRules decode(JsonObject config) {
    Optional<String> destination = Documents.strings(config, "logout_redirect_uri").stream().findFirst();
    destination.ifPresent(ProviderPlace::address);
    return new LogoutRules(
        Documents.strings(config, "logout_methods"),
        Documents.string(config, "logout_uri_suffix", ""),
        Documents.string(config, "logout_query_arg", ""),
        destination);
  }

  boolean isAsked(ClientRequest request) {
    return methods.contains(request.method())
        && (!suffix.isEmpty() && request.path().endsWith(suffix)
            || !argument.isEmpty() && request.query().containsKey(argument));
  }
}
