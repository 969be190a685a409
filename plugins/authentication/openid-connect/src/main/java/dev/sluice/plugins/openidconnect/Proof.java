package dev.sluice.plugins.openidconnect;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * That somebody is who they are, by the word of a provider. Shows in no text.
 *
 * @param token the access token
 * @param access what it says; nothing when it cannot be read
 * @param introspected what the provider says of it
 * @param id what the ID token says
 * @param idToken that one itself
 * @param userInfo what the provider says of the user
 * @param granted what is known from how it was come by
 */
record Proof(
    String token,
    Claims access,
    Claims introspected,
    Claims id,
    Optional<String> idToken,
    Claims userInfo,
    Claims granted) {

  /** By an access token alone. */
  static Proof of(String token, Claims access) {
    return new Proof(token, access, Claims.NONE, Claims.NONE, Optional.empty(), Claims.NONE, Claims.NONE);
  }

  Proof introspected(Claims claims) {
    return new Proof(token, access, claims, id, idToken, userInfo, granted);
  }

  Proof withUserInfo(Claims claims) {
    return new Proof(token, access, introspected, id, idToken, claims, granted);
  }

  /** All that is said, that of the access token first. */
  List<Claims> claims() {
    return Stream.of(access, introspected, id, userInfo, granted).filter(each -> !each.isEmpty()).toList();
  }

  /** Who it is about. */
  Optional<String> subject() {
    return Stream.of(access, introspected, id).flatMap(each -> each.text("sub").stream()).findFirst();
  }

  @Override
  public String toString() {
    return "proof";
  }
}
