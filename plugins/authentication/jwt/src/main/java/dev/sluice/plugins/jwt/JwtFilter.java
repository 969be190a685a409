package dev.sluice.plugins.jwt;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.authentication.Challenge;
import dev.sluice.plugins.authentication.Entrance;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** Lets requests pass that bring a token which a consumer has signed. Tokens and keys get into no log. */
final class JwtFilter implements Filter.Access {

  private final JwtConfig config;
  private final Entrance entrance;
  private final TokenPlaces places;
  private final Times times;
  private final String claim;
  private final String challenge;
  private final Answer missing;

  JwtFilter(JwtConfig config, Clock clock) {
    this.config = config;
    this.entrance = new Entrance(config.anonymous());
    this.places = new TokenPlaces(config.uriParamNames(), config.cookieNames(), config.headerNames());
    this.times = new Times(clock, config.claimsToVerify(), config.maximumExpiration());
    this.claim = "'" + config.keyClaimName() + "'";
    String bare = Challenge.of("Bearer", config.realm());
    this.challenge = bare + " error=\"invalid_token\"";
    this.missing = Challenge.on(Answer.json(401, message("Unauthorized")), bare);
  }

  private static JsonObject message(String text) {
    return new JsonObject().put("message", text);
  }

  private Optional<Answer> refusal(String text) {
    return Optional.of(refusal(message(text)));
  }

  private Answer refusal(JsonObject body) {
    return Challenge.on(Answer.json(401, body), challenge);
  }

  @Override
  public Future<Void> access(RequestContext context) {
    if (!config.runOnPreflight() && context.request().method().equals("OPTIONS")) {
      entrance.wave(context);
    } else if (!entrance.isPassed(context)) {
      judge(context).ifPresent(refusal -> entrance.refuse(context, refusal));
    }
    return Filters.CONTINUE;
  }

  private Optional<Answer> judge(RequestContext context) {
    Set<String> found = places.find(context.request());
    if (found.isEmpty()) {
      return Optional.of(missing);
    }
    if (found.size() > 1) {
      return refusal("Multiple tokens provided");
    }
    try {
      return judge(context, Token.read(found.iterator().next()));
    } catch (Token.BadTokenException e) {
      return refusal("Bad token; " + e.getMessage());
    }
  }

  private Optional<Answer> judge(RequestContext context, Token token) {
    Object key = token.find(config.keyClaimName());
    if (key == null) {
      return refusal("No mandatory " + claim + " in claims");
    }
    if (!(key instanceof String name) || name.isEmpty()) {
      return refusal("Invalid " + claim + " in claims");
    }
    Optional<JwtSecret> secret = context.entities().byUnique(JwtSecret.TYPE, JwtSecret.KEY, name);
    return secret.isPresent()
        ? judge(context, token, secret.get(), name)
        : refusal("No credentials found for given " + claim);
  }

  private Optional<Answer> judge(RequestContext context, Token token, JwtSecret secret, String name) {
    if (!token.algorithm().equals(secret.algorithm().name())) {
      return refusal("Invalid algorithm");
    }
    if (!secret.isUsable(config.secretIsBase64())) {
      return refusal("Invalid key/secret");
    }
    if (!secret.verifies(token, config.secretIsBase64())) {
      return refusal("Invalid signature");
    }
    JsonObject problems = times.problems(token);
    if (!problems.isEmpty()) {
      return Optional.of(refusal(problems));
    }
    return entrance.admit(context, secret)
        ? Optional.empty()
        : refusal("Could not find consumer for '" + config.keyClaimName() + "=" + name + "'");
  }
}
