package dev.sluice.plugins.openidconnect;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * That somebody is who they are, by the word of a provider. Shows in no text.
 *
 * @param token the access token
 * @param access what it says, or what the provider says of it; nothing when that is not known
 * @param id what the ID token says
 * @param idToken that one itself
 * @param more what else is known
 */
record Proof(String token, Claims access, Claims id, Optional<String> idToken, Claims more) {

  /** By an access token alone. */
  static Proof of(String token, Claims access) {
    return new Proof(token, access, Claims.NONE, Optional.empty(), Claims.NONE);
  }

  /** All that is said, that of the access token first. */
  List<Claims> claims() {
    return Stream.of(access, id, more).filter(each -> !each.isEmpty()).toList();
  }

  @Override
  public String toString() {
    return "proof";
  }
}
