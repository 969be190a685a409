package dev.sluice.plugins.openidconnect;

import dev.sluice.api.entity.Documents;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What must be so in tokens.
 *
 * @param signature whether signatures are looked at
 * @param standard whether times and issuer are
 * @param leewaySeconds by which clocks may differ
 * @param issuers that count; without any the provider's own
 * @param required what must be among the values of claims
 * @param forbidden claims that must not be there
 */
record TokenRules(
    boolean signature,
    boolean standard,
    long leewaySeconds,
    List<String> issuers,
    List<Required> required,
    List<String> forbidden) {

  private static final List<String> LISTS = List.of("scopes", "audience", "groups", "roles");

  /**
   * Values of a claim of which some must be there.
   *
   * @param what for people
   * @param path to the claim
   * @param any sets of values, one of which must be there as a whole
   */
  record Required(String what, List<String> path, List<Set<String>> any) {

    boolean isMet(List<Claims> claims) {
      Optional<Object> value = claims.stream().flatMap(each -> each.at(path).stream()).findFirst();
      Set<String> words = value.map(Claims::words).orElse(Set.of());
      return any.stream().anyMatch(words::containsAll);
    }
  }

  static TokenRules decode(JsonObject config) {
    List<Required> required = new ArrayList<>();
    for (String what : LISTS) {
      List<Set<String>> any = Documents.strings(config, what + "_required").stream()
          .map(words -> Set.copyOf(List.of(words.strip().split("\\s+"))))
          .toList();
      if (!any.isEmpty()) {
        required.add(new Required(what, Documents.strings(config, what + "_claim"), any));
      }
    }
    return new TokenRules(
        config.getBoolean("verify_signature"),
        config.getBoolean("verify_claims"),
        config.getDouble("leeway").longValue(),
        Documents.strings(config, "issuers_allowed"),
        List.copyOf(required),
        Documents.strings(config, "claims_forbidden"));
  }

  /** Whether a token is in force and comes from whom it should; it must say until when. */
  void checkToken(Claims claims, Metadata metadata, Clock clock) throws RefusedException {
    List<String> allowed = issuers.isEmpty() ? List.of(metadata.issuer()) : issuers;
    if (standard || !issuers.isEmpty()) {
      refuseUnless(claims.text("iss").filter(allowed::contains).isPresent(), "the issuer is another one");
    }
    if (standard) {
      refuseUnless(claims.number("exp").isPresent(), "the token does not say when it expires");
      checkTimes(claims, clock);
    }
  }

  /** Whether what a provider says of a token holds; it need not say everything. */
  void checkIntrospected(Claims claims, Metadata metadata, Clock clock) throws RefusedException {
    if (standard) {
      List<String> allowed = issuers.isEmpty() ? List.of(metadata.issuer()) : issuers;
      refuseUnless(!claims.has("iss") || claims.text("iss").filter(allowed::contains).isPresent(), "the issuer is another one");
      checkTimes(claims, clock);
    }
  }

  /** Whether the times that are told hold. */
  private void checkTimes(Claims claims, Clock clock) throws RefusedException {
    long now = clock.millis() / 1000;
    OptionalLong expires = claims.number("exp");
    refuseUnless(
        expires.isPresent() ? now - leewaySeconds < expires.getAsLong() : !claims.has("exp"), "the token has expired");
    for (String name : List.of("nbf", "iat")) {
      OptionalLong begin = claims.number(name);
      refuseUnless(
          begin.isPresent() ? begin.getAsLong() <= now + leewaySeconds : !claims.has(name),
          "the token is not valid yet");
    }
  }

  /** Whether somebody may; the first of these claims that has what is asked for counts. */
  void checkRights(List<Claims> claims) throws RefusedException {
    for (Required one : required) {
      if (!one.isMet(claims)) {
        throw RefusedException.forbidden("the " + one.what() + " are not those that are required");
      }
    }
    for (String name : forbidden) {
      if (claims.stream().anyMatch(each -> each.has(name))) {
        throw RefusedException.forbidden("the claim " + name + " is forbidden");
      }
    }
  }

  private static void refuseUnless(boolean good, String reason) throws RefusedException {
    if (!good) {
      throw RefusedException.invalid(reason);
    }
  }
}
