package dev.sluice.plugins.openidconnect;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.authentication.Entrance;
import dev.sluice.plugins.authentication.UserPassword;
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
  private final Browsers browsers;
  private final Passwords passwords;
  private final Inquiries inquiries;

  OidcFilter(OidcConfig config, Providers providers) {
    this.config = config;
    this.entrance = new Entrance(config.anonymous());
    Provider provider = providers.at(config.place());
    Endpoints endpoints = new Endpoints(provider, providers.client(), providers.clock());
    Tokens tokens = new Tokens(provider, config.rules(), config.sharedSecret(), providers.clock());
    IdTokens idTokens = new IdTokens(tokens, config.client().id(), config.login());
    this.browsers = new Browsers(config, endpoints, idTokens, providers.clock());
    this.passwords = new Passwords(config, endpoints, idTokens, providers.clock());
    this.inquiries = new Inquiries(config, endpoints, tokens, providers.clock());
  }

  @Override
  public Future<Void> access(RequestContext context) {
    if (!config.runOnPreflight() && context.request().method().equals("OPTIONS")) {
      clear(context);
      if (context.credential().isEmpty()) {
        config.consumers().clear(context);
      }
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
      return completed(context, holdings.proof()).map(in -> {
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
    Future<Optional<String>> found =
        config.allowsTokens() ? config.bearer().find(context) : Future.succeededFuture(Optional.empty());
    return found.compose(token -> {
      if (token.isPresent()) {
        return inquiries.prove(token.get()).compose(proof -> admitted(context, proof));
      }
      Optional<UserPassword> password = passwords.find(context);
      if (password.isPresent()) {
        return passwords.prove(password.get()).compose(proof -> admitted(context, proof));
      }
      if (browsers.mayLogIn(context)) {
        return browsers.sendAway(context).map(answer -> {
          context.answer(answer);
          return null;
        });
      }
      return Future.failedFuture(RefusedException.missing());
    });
  }

  private Future<Void> admitted(RequestContext context, Proof proof) {
    clear(context);
    return completed(context, proof);
  }

  private Future<Void> completed(RequestContext context, Proof proof) {
    return inquiries.completed(proof).compose(whole -> admit(context, whole));
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
    config.consumers().clear(context);
    if (cause instanceof RefusedException refused) {
      entrance.refuse(context, config.refusals().answer(refused));
    } else {
      log.error("request {}: nothing is proved, for want of the provider {}", context.id(), config.place().issuer(), cause);
      context.answer(TROUBLE);
    }
    return Filters.CONTINUE;
  }
}
