package dev.sluice.plugins.openidconnect;

import com.nimbusds.jose.JWSObject;
import dev.sluice.plugins.authentication.Secrets;
import io.vertx.core.Future;
import java.util.Optional;

/** Tells good ID tokens from others, and makes holdings of what a provider has given out. */
final class IdTokens {

  private final Tokens tokens;
  private final String clientId;
  private final LoginRules rules;

  IdTokens(Tokens tokens, String clientId, LoginRules rules) {
    this.tokens = tokens;
    this.clientId = clientId;
    this.rules = rules;
  }

  /** What a login has brought; the ID token must be there, for this client, and name the nonce. */
  Future<Holdings> ofLogin(TokenReply reply, String nonce, long now) {
    if (reply.idToken().isEmpty()) {
      return rules.isOpenid()
          ? Future.failedFuture(RefusedException.invalid("there is no ID token"))
          : holdings(reply, Optional.empty(), reply.refreshToken(), now);
    }
    return verified(reply.idToken().get())
        .compose(claims -> {
          boolean same = claims.text("nonce").filter(named -> Secrets.same(named, nonce)).isPresent();
          return same || !rules.nonce()
              ? holdings(reply, reply.idToken(), reply.refreshToken(), now)
              : Future.failedFuture(RefusedException.invalid("the nonce is another one"));
        });
  }

  /** What somebody has brought who was not sent away for a login. */
  Future<Holdings> ofGrant(TokenReply reply, long now) {
    return reply.idToken()
        .map(this::verified)
        .orElse(Future.succeededFuture(Claims.NONE))
        .compose(claims -> holdings(reply, reply.idToken(), reply.refreshToken(), now));
  }

  /** What a refresh has brought; it must be about the same person. What it has not brought stays. */
  Future<Holdings> ofRefresh(TokenReply reply, Holdings old, long now) {
    Optional<String> refresh = reply.refreshToken().or(old::refreshToken);
    if (reply.idToken().isEmpty()) {
      return holdings(reply, old.idToken(), refresh, now);
    }
    Optional<String> before = old.idToken().flatMap(token -> Tokens.unverified(token).text("sub"));
    return verified(reply.idToken().get())
        .compose(claims -> before.isEmpty() || claims.text("sub").equals(before)
            ? holdings(reply, reply.idToken(), refresh, now)
            : Future.failedFuture(RefusedException.invalid("the refreshed tokens are somebody else's")));
  }

  private Future<Claims> verified(String idToken) {
    Optional<JWSObject> signed = Tokens.read(idToken);
    if (signed.isEmpty()) {
      return Future.failedFuture(RefusedException.invalid("the ID token is no JWT"));
    }
    return tokens.verified(signed.get()).compose(claims -> {
      boolean ours = claims.audience().contains(clientId)
          && (claims.has("azp") ? claims.text("azp").equals(Optional.of(clientId)) : claims.audience().size() == 1);
      if (!ours || claims.text("sub").isEmpty()) {
        return Future.failedFuture(RefusedException.invalid("the ID token is not for this client"));
      }
      return Future.succeededFuture(claims);
    });
  }

  /** An access token that is the provider's own JWT is read; any other one is for others to read. */
  private Future<Holdings> holdings(TokenReply reply, Optional<String> idToken, Optional<String> refresh, long now) {
    Future<Claims> access = Tokens.read(reply.accessToken())
        .map(tokens::verified)
        .orElse(Future.succeededFuture(Claims.NONE))
        .recover(cause -> cause instanceof RefusedException
            ? Future.succeededFuture(Claims.NONE)
            : Future.failedFuture(cause));
    return access.map(claims -> new Holdings(
        reply.accessToken(),
        !claims.isEmpty(),
        idToken,
        refresh,
        reply.expiresIn().isPresent() ? now + reply.expiresIn().getAsLong() : claims.number("exp").orElse(0),
        reply.scope().orElse(rules.scopes())));
  }
}
