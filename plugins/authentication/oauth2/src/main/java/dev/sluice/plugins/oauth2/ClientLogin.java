package dev.sluice.plugins.oauth2;

import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.authentication.UserPassword;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How a client says who it is. Shows in no text.
 *
 * @param clientId as it says
 * @param secret as it says; empty when it says none
 * @param byHeader whether in a header
 */
record ClientLogin(Optional<String> clientId, String secret, boolean byHeader) {

  static ClientLogin read(RequestContext context, Parameters parameters, String headerName) {
    Optional<String> id = parameters.text(OauthClient.CLIENT_ID);
    Optional<String> secret = parameters.text("client_secret");
    if (id.isPresent() && secret.isPresent()) {
      return new ClientLogin(id, secret.get(), false);
    }
    Optional<String> header = context.request().headers().get(headerName);
    if (header.isEmpty()) {
      return new ClientLogin(id, "", false);
    }
    Optional<UserPassword> pair = UserPassword.read(header.get(), "basic");
    return new ClientLogin(
        pair.map(UserPassword::name),
        pair.map(known -> new String(known.password(), StandardCharsets.UTF_8)).orElse(""),
        true);
  }

  Optional<OauthClient> client(RequestContext context) {
    return clientId.flatMap(id -> context.entities().byUnique(OauthClient.TYPE, OauthClient.CLIENT_ID, id));
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return clientId.orElse("nobody");
  }
}
