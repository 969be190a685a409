package dev.sluice.plugins.openidconnect;

import com.nimbusds.jose.JWSObject;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.authentication.Entrance;
import io.vertx.core.Future;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets requests pass for which a provider vouches. Tokens get into no log. */
final class OidcFilter implements Filter.Access {

  private static final Logger log = LoggerFactory.getLogger(OidcFilter.class);
  private static final Answer TROUBLE = Answer.error(500, "An unexpected error occurred");

  private final OidcConfig config;
  private final Entrance entrance;
  private final Tokens tokens;

  OidcFilter(OidcConfig config, Providers providers) {
    this.config = config;
    this.entrance = new Entrance(config.anonymous());
    this.tokens = new Tokens(providers.at(config.place()), config.rules(), providers.clock());
  }

  @Override
  public Future<Void> access(RequestContext context) {
    if (!config.runOnPreflight() && context.request().method().equals("OPTIONS")) {
      config.headers().clear(context);
      entrance.wave(context);
      return Filters.CONTINUE;
    }
    if (entrance.isPassed(context)) {
      config.headers().clear(context);
      return Filters.CONTINUE;
    }
    return config.bearer().find(context)
        .compose(token -> {
          config.headers().clear(context);
          return prove(token);
        })
        .compose(proof -> admit(context, proof))
        .recover(cause -> refuse(context, cause));
  }

  private Future<Proof> prove(Optional<String> token) {
    if (token.isEmpty()) {
      return Future.failedFuture(RefusedException.missing());
    }
    Optional<JWSObject> signed = Tokens.read(token.get());
    return signed.isEmpty()
        ? Future.failedFuture(RefusedException.invalid("the token is no JWT"))
        : tokens.verified(signed.get()).map(claims -> new Proof(token.get(), claims));
  }

  private Future<Void> admit(RequestContext context, Proof proof) {
    try {
      config.rules().checkRights(proof.claims());
      config.consumers().admit(context, proof);
      config.headers().tell(context, proof);
      return Filters.CONTINUE;
    } catch (RefusedException e) {
      return Future.failedFuture(e);
    }
  }

  private Future<Void> refuse(RequestContext context, Throwable cause) {
    if (cause instanceof RefusedException refused) {
      entrance.refuse(context, config.refusals().answer(refused));
    } else {
      log.error("request {}: the provider {} cannot be asked", context.id(), config.place().issuer(), cause);
      context.answer(TROUBLE);
    }
    return Filters.CONTINUE;
  }
}
