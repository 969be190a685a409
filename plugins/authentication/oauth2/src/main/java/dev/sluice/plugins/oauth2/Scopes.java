package dev.sluice.plugins.oauth2;

import dev.sluice.plugins.authentication.Found;
import java.util.List;
import java.util.Optional;

/**
 * The scopes that may be asked for.
 *
 * @param known all of them; empty when none is checked
 * @param mandatory whether one must be asked for
 */
record Scopes(List<String> known, boolean mandatory) {

  /**
   * What a client is given.
   *
   * @return the scopes, separated by spaces; empty for none
   * @throws OauthException when it asks for what there is not
   */
  Optional<String> granted(Found asked) throws OauthException {
    if (asked.isNone()) {
      if (mandatory) {
        throw new OauthException("invalid_scope", "You must specify a scope");
      }
      return Optional.empty();
    }
    if (known.isEmpty()) {
      return Optional.empty();
    }
    if (asked.kind() == Found.Kind.SEVERAL) {
      throw new OauthException("invalid_scope", "scope must be a string");
    }
    List<String> scopes = asked.value().isBlank() ? List.of() : List.of(asked.value().strip().split("\\s+"));
    for (String scope : scopes) {
      if (!known.contains(scope)) {
        throw new OauthException("invalid_scope", "\"" + scope + "\" is an invalid scope");
      }
    }
    if (scopes.isEmpty() && mandatory) {
      throw new OauthException("invalid_scope", "You must specify a scope");
    }
    return scopes.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", scopes));
  }
}
