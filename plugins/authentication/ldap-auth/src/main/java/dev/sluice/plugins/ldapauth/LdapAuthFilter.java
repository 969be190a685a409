package dev.sluice.plugins.ldapauth;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.Credential;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.authentication.Challenge;
import dev.sluice.plugins.authentication.Entrance;
import dev.sluice.plugins.authentication.UserPassword;
import io.vertx.core.Future;
import java.util.Optional;
import javax.naming.ldap.Rdn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets requests pass whose name and password a directory takes. Passwords get into no log. */
final class LdapAuthFilter implements Filter.Access {

  private static final Logger log = LoggerFactory.getLogger(LdapAuthFilter.class);
  private static final String PROXY_AUTHORIZATION = "Proxy-Authorization";
  private static final String AUTHORIZATION = "Authorization";
  private static final Answer TROUBLE = Answer.error(500, "An unexpected error occurred");

  private final LdapAuthConfig config;
  private final Directories directories;
  private final Entrance entrance;
  private final Passed passed;
  private final Answer refusal;

  LdapAuthFilter(LdapAuthConfig config, Directories directories) {
    this.config = config;
    this.directories = directories;
    this.entrance = new Entrance(config.anonymous());
    this.passed = new Passed(directories.clock(), config.cacheSeconds());
    String scheme = config.headerType().equals("ldap") ? "LDAP" : config.headerType();
    this.refusal = Challenge.refusal("Unauthorized", Challenge.of(scheme, config.realm()));
  }

  @Override
  public Future<Void> access(RequestContext context) {
    if (entrance.isPassed(context)) {
      return Filters.CONTINUE;
    }
    Optional<UserPassword> first = read(context, PROXY_AUTHORIZATION);
    Optional<UserPassword> second = read(context, AUTHORIZATION);
    return check(first)
        .compose(
            known ->
                known
                    ? Future.succeededFuture(first)
                    : check(second).map(taken -> second.filter(user -> taken)))
        .map(
            known -> {
              known.ifPresentOrElse(user -> admit(context, user), () -> entrance.refuse(context, refusal));
              return (Void) null;
            })
        .otherwise(
            cause -> {
              log.error("request {}: the directory {} cannot be asked", context.id(), config.directory().host(), cause);
              context.answer(TROUBLE);
              return null;
            });
  }

  /** A name and a password; an empty one proves nothing, though many directories take it for an anonymous visitor's. */
  private Optional<UserPassword> read(RequestContext context, String header) {
    return context.request().headers().get(header)
        .flatMap(value -> UserPassword.readAnyCase(value, config.headerType()))
        .filter(given -> given.password().length > 0);
  }

  private Future<Boolean> check(Optional<UserPassword> given) {
    if (given.isEmpty()) {
      return Future.succeededFuture(false);
    }
    UserPassword user = given.get();
    String mark = passed.mark(user.name(), user.password());
    if (passed.contains(mark)) {
      return Future.succeededFuture(true);
    }
    String name = config.attribute() + "=" + Rdn.escapeValue(user.name()) + "," + config.baseDn();
    return directories.check(config.directory(), name, user.password()).map(taken -> {
      if (taken) {
        passed.add(mark);
      }
      return taken;
    });
  }

  private void admit(RequestContext context, UserPassword user) {
    if (config.hideCredentials()) {
      context.upstreamRequest().headers().remove(PROXY_AUTHORIZATION).remove(AUTHORIZATION);
    }
    String id = config.attribute() + "=" + user.name() + "," + config.baseDn();
    context.authenticate(Optional.empty(), Optional.of(new Credential(id, Optional.empty(), Optional.of(user.name()))));
  }
}
