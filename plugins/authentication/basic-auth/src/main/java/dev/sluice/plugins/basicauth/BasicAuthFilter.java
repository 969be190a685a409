package dev.sluice.plugins.basicauth;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.authentication.Challenge;
import dev.sluice.plugins.authentication.Entrance;
import dev.sluice.plugins.authentication.UserPassword;
import io.vertx.core.Future;
import java.util.Optional;

/** Lets requests pass that bring a consumer's name and password. Passwords get into no log. */
final class BasicAuthFilter implements Filter.Access {

  private static final String PROXY_AUTHORIZATION = "Proxy-Authorization";
  private static final String AUTHORIZATION = "Authorization";

  private final boolean hide;
  private final Entrance entrance;
  private final Answer refusal;

  BasicAuthFilter(BasicAuthConfig config) {
    this.hide = config.hideCredentials();
    this.entrance = new Entrance(config.anonymous());
    this.refusal = Challenge.refusal("Unauthorized", Challenge.of("Basic", Optional.of(config.realm())));
  }

  @Override
  public Future<Void> access(RequestContext context) {
    if (!entrance.isPassed(context) && !isKnown(context)) {
      entrance.refuse(context, refusal);
    }
    return Filters.CONTINUE;
  }

  private boolean isKnown(RequestContext context) {
    Optional<UserPassword> given = take(context, PROXY_AUTHORIZATION);
    Optional<BasicCredential> credential = find(context, given);
    if (credential.isEmpty()) {
      given = take(context, AUTHORIZATION);
      credential = find(context, given);
    }
    return credential.isPresent()
        && credential.get().hasPassword(given.orElseThrow().password())
        && entrance.admit(context, credential.get());
  }

  private Optional<UserPassword> take(RequestContext context, String header) {
    Optional<String> value = context.request().headers().get(header);
    if (hide && value.isPresent()) {
      context.upstreamRequest().headers().remove(header);
    }
    return value.flatMap(text -> UserPassword.read(text, "basic"));
  }

  private static Optional<BasicCredential> find(RequestContext context, Optional<UserPassword> given) {
    return given.flatMap(
        known -> context.entities().byUnique(BasicCredential.TYPE, BasicCredential.USERNAME, known.name()));
  }
}
