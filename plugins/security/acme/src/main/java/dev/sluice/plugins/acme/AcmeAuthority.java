package dev.sluice.plugins.acme;

import dev.sluice.api.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Identifier;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.PollableResource;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeServerException;

/**
 * An authority that speaks ACME (RFC 8555). Each step blocks a thread of the plugin's own, one step at a time; waiting
 * blocks none.
 */
final class AcmeAuthority implements Authority {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LEAST_WAIT = Duration.ofMillis(250);
  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final Duration MOST_WAIT = Duration.ofSeconds(15);
  private static final long CHALLENGE_SECONDS = 3600;
  private static final Set<Status> ENDS = EnumSet.of(Status.VALID, Status.INVALID);

  private final PluginContext context;
  private final Storages storages;
  private final Accounts accounts;
  private final LentHttp http;
  private final Enrolment enrolment;

  AcmeAuthority(PluginContext context, Storages storages) {
    this.context = context;
    this.storages = storages;
    this.accounts = new Accounts(context, storages);
    this.http = new LentHttp(context.httpClient(Trust.options(context)));
    this.enrolment = new Enrolment(http);
  }

  @Override
  public Future<Issued> order(AcmeConfig config, String host) {
    Instant end = Instant.now().plus(PATIENCE);
    return accounts
        .key(config)
        .compose(key -> step(() -> begin(config, host, key)))
        .compose(order -> authorize(config, order, end).map(order))
        .compose(order -> step(() -> Pem.generate(config.keyKind())).compose(key -> step(() -> finish(order, key))
            .compose(sent -> settled(order, end))
            .compose(settled -> step(() -> take(config, order, key)))));
  }

  /** Blocking work of acme4j, which has exceptions of its own. */
  private <T> Future<T> step(Callable<T> work) {
    return context.ordered(() -> {
      try {
        return work.call();
      } catch (AcmeLazyLoadingException e) {
        throw new AcmeFailure(text(e.getCause()));
      } catch (AcmeException e) {
        throw new AcmeFailure(text(e));
      }
    });
  }

  private static String text(Throwable cause) {
    if (cause instanceof AcmeServerException refusal) {
      return text(Optional.of(refusal.getProblem()));
    }
    Throwable inner = cause.getCause() == null ? cause : cause.getCause();
    return inner.getMessage() == null ? inner.toString() : inner.getMessage();
  }

  private static String text(Optional<Problem> problem) {
    return problem
        .map(found -> found.getDetail().orElse("") + " (" + found.getType() + ")")
        .orElse("the authority gives no reason");
  }

  private Order begin(AcmeConfig config, String host, KeyPair key) throws AcmeException {
    Session session = new Session(URI.create(config.apiUri()), new LentProvider(http));
    Login login = enrolment.login(session, config, key);
    return login.newOrder().identifier(identifier(host)).create();
  }

  private static Identifier identifier(String host) {
    return Hosts.isIpv4(host) ? Identifier.ip(host) : Identifier.dns(host);
  }

  private Future<Void> authorize(AcmeConfig config, Order order, Instant end) {
    Storage storage = storages.of(config.storage());
    return step(() -> pending(order)).compose(pending -> {
      List<Future<Void>> done = new ArrayList<>();
      pending.forEach(each -> done.add(authorize(storage, each, end)));
      return Future.join(done).mapEmpty();
    });
  }

  /** What the authority asks for, and what it is answered with. */
  private record Pending(Authorization authorization, Http01Challenge challenge) {
    String key() {
      return StorageKeys.challenge(challenge.getToken());
    }
  }

  private static List<Pending> pending(Order order) {
    List<Pending> pending = new ArrayList<>();
    for (Authorization authorization : order.getAuthorizations()) {
      if (authorization.getStatus() != Status.VALID) {
        pending.add(new Pending(
            authorization,
            authorization.findChallenge(Http01Challenge.class).orElseThrow(() -> new AcmeFailure(
                "the authority offers no challenge http-01 for " + authorization.getIdentifier().getValue()))));
      }
    }
    return pending;
  }

  private Future<Void> authorize(Storage storage, Pending pending, Instant end) {
    return storage
        .put(pending.key(), pending.challenge().getAuthorization(), CHALLENGE_SECONDS)
        .compose(kept -> step(() -> {
          pending.challenge().trigger();
          return pending;
        }))
        .compose(told -> poll(pending.authorization(), ENDS, end))
        .compose(status -> status == Status.VALID
            ? Future.<Void>succeededFuture()
            : step(() -> {
              throw new AcmeFailure("the challenge has failed: " + text(pending
                  .authorization()
                  .findChallenge(Http01Challenge.class)
                  .flatMap(Http01Challenge::getError)));
            }))
        .eventually(() -> storage.remove(pending.key()));
  }

  private Order finish(Order order, KeyPair key) throws AcmeException {
    order.execute(key);
    return order;
  }

  private Future<Void> settled(Order order, Instant end) {
    return poll(order, ENDS, end).compose(status -> status == Status.VALID
        ? Future.succeededFuture()
        : step(() -> {
          throw new AcmeFailure("the order has failed: " + text(order.getError()));
        }));
  }

  /** Asks again and again, as often as the authority says, until one of these is reached. */
  private Future<Status> poll(PollableResource resource, Set<Status> wanted, Instant end) {
    return step(() -> {
      Optional<Instant> again = resource.fetch();
      return wanted.contains(resource.getStatus())
          ? Optional.<Duration>empty()
          : Optional.of(again.map(AcmeAuthority::until).orElse(WAIT));
    }).compose(wait -> {
      if (wait.isEmpty()) {
        return step(resource::getStatus);
      }
      if (Instant.now().plus(wait.get()).isAfter(end)) {
        return Future.failedFuture(new AcmeFailure("the authority takes too long"));
      }
      Promise<Void> waited = Promise.promise();
      context.after(wait.get(), waited::complete);
      return waited.future().compose(done -> poll(resource, wanted, end));
    });
  }

  private static Duration until(Instant instant) {
    Duration wait = Duration.between(Instant.now(), instant);
    Duration least = wait.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : wait;
    return least.compareTo(MOST_WAIT) > 0 ? MOST_WAIT : least;
  }

  private static Issued take(AcmeConfig config, Order order, KeyPair key) throws Exception {
    String chain = Pem.of(Chains.preferred(order.getCertificate(), config.preferredChain()));
    return new Issued(chain, Pem.of("PRIVATE KEY", key.getPrivate().getEncoded()));
  }
}
