package dev.sluice.plugins.acme;

import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.ClientRequest;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the challenges of authorities, and has certificates ordered for names that clients ask for and that have
 * none. No request waits for an order.
 */
final class AcmeFilter implements Filter.Rewrite, Filter.Access {

  static final String CHALLENGES = "/.well-known/acme-challenge/";

  private static final Logger log = LoggerFactory.getLogger(AcmeFilter.class);
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final Answer UNKNOWN = Answer.bytes(404, TEXT, Buffer.buffer("Not found\n"));

  private final AcmeConfig config;
  private final Storages storages;
  private final Issuer issuer;

  AcmeFilter(AcmeConfig config, Storages storages, Issuer issuer) {
    this.config = config;
    this.storages = storages;
    this.issuer = issuer;
  }

  /** By the name of the handshake: clients that reach the gateway by way of another one's TLS show none. */
  @Override
  public Future<Void> rewrite(RequestContext context) {
    ClientRequest request = context.request();
    if (request.scheme().equals("https")) {
      Optional<String> name = request.sni();
      if (name.isPresent()) {
        String host = name.get().toLowerCase(Locale.ROOT);
        if (config.domains().allow(host)) {
          issuer.wanted(new Site(config, context.workspace()), host, context.entities());
        }
      }
    }
    return Filters.CONTINUE;
  }

  /** Authorities look for answers by plain HTTP alone. */
  @Override
  public Future<Void> access(RequestContext context) {
    ClientRequest request = context.request();
    if (!request.path().startsWith(CHALLENGES)
        || request.path().length() == CHALLENGES.length()
        || !request.forwardedScheme().equals("http")
        || !config.domains().allow(Hosts.of(request.host()))) {
      return Filters.CONTINUE;
    }
    Context loop = Vertx.currentContext();
    Promise<Void> answered = Promise.promise();
    String token = request.path().substring(CHALLENGES.length());
    storages.of(config.storage()).get(StorageKeys.challenge(token)).onComplete(found -> loop.runOnContext(here -> {
      if (found.failed()) {
        log.error("the answer to a challenge for {} cannot be read: {}", request.host(), found.cause().toString());
      }
      Optional<String> authorization = found.succeeded() ? found.result() : Optional.empty();
      context.answer(authorization.map(text -> Answer.bytes(200, TEXT, Buffer.buffer(text))).orElse(UNKNOWN));
      answered.complete();
    }));
    return answered.future();
  }
}
