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
  private final Browsers browsers;

  OidcFilter(OidcConfig config, Providers providers) {
    this.config = config;
    this.entrance = new Entrance(config.anonymous());
    Provider provider = providers.at(config.place());
    this.tokens = new Tokens(provider, config.rules(), providers.clock());
    this.browsers =
        new Browsers(config, new Endpoints(provider, providers.client()), tokens, providers.clock());
  }

  @Override
  public Future<Void> access(RequestContext context) {
    if (!config.runOnPreflight() && context.request().method().equals("OPTIONS")) {
      clear(context);
      entrance.wave(context);
      return Filters.CONTINUE;
    }
    if (entrance.isPassed(context)) {
      clear(context);
      return Filters.CONTINUE;
    }
    return browsers.returning(context)
        .compose(back -> back.isPresent() ? takeIn(context, back.get()) : ordinary(context))
        .recover(cause -> refuse(context, cause));
  }

  /** What a client says by itself, and what is between the browser and the gateway, does not go upstream. */
  private void clear(RequestContext context) {
    config.headers().clear(context);
    browsers.hide(context);
  }

  private Future<Void> takeIn(RequestContext context, Login.Return back) {
    return browsers.finish(context, back).compose(holdings -> {
      clear(context);
      return admit(context, holdings.proof()).map(in -> {
        browsers.welcome(context, back, holdings);
        return null;
      });
    });
  }

  private Future<Void> ordinary(RequestContext context) {
    if (browsers.isLeaving(context)) {
      return browsers.leave(context).map(answer -> {
        context.answer(answer);
        return null;
      });
    }
    return browsers.known(context).compose(proof -> {
      Optional<Proof> known = proof;
      return known.isPresent() ? admitted(context, known.get()) : byToken(context);
    });
  }

  private Future<Void> byToken(RequestContext context) {
    return config.bearer().find(context).compose(token -> {
      if (token.isPresent() && config.allows("bearer")) {
        return prove(token.get()).compose(proof -> admitted(context, proof));
      }
      if (token.isEmpty() && browsers.mayLogIn(context)) {
        return browsers.sendAway(context).map(answer -> {
          context.answer(answer);
          return null;
        });
      }
      return Future.failedFuture(RefusedException.missing());
    });
  }

  private Future<Proof> prove(String token) {
    Optional<JWSObject> signed = Tokens.read(token);
    return signed.isEmpty()
        ? Future.failedFuture(RefusedException.invalid("the token is no JWT"))
        : tokens.verified(signed.get()).map(claims -> Proof.of(token, claims));
  }

  private Future<Void> admitted(RequestContext context, Proof proof) {
    clear(context);
    return admit(context, proof);
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
    clear(context);
    if (cause instanceof RefusedException refused) {
      entrance.refuse(context, config.refusals().answer(refused));
    } else {
      log.error("request {}: the provider {} cannot be asked", context.id(), config.place().issuer(), cause);
      context.answer(TROUBLE);
    }
    return Filters.CONTINUE;
  }
}
