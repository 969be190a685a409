package dev.sluice.plugins.openidconnect;

import java.util.List;
import java.util.stream.Stream;

/**
 * That somebody is who they are, by the word of a provider. Shows in no text.
 *
 * @param token the access token
 * @param access what it says, or what the provider says of it; nothing when that is not known
 */
record Proof(String token, Claims access) {

  /** All that is said, that of the access token first. */
  List<Claims> claims() {
    return Stream.of(access).filter(each -> !each.isEmpty()).toList();
  }

  @Override
  public String toString() {
    return "proof";
  }
}
