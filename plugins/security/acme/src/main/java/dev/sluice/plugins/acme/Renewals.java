package dev.sluice.plugins.acme;

import dev.sluice.api.PluginContext;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews certificates some days before they end, one after the other. Safe from any thread. */
final class Renewals {

  private static final Logger log = LoggerFactory.getLogger(Renewals.class);
  private static final double DAY_SECONDS = 86_400;

  private final PluginContext context;
  private final Sites sites;
  private final Storages storages;
  private final Shelf shelf;
  private final Issuer issuer;
  private final AtomicBoolean running = new AtomicBoolean();

  Renewals(PluginContext context, Sites sites, Storages storages, Shelf shelf, Issuer issuer) {
    this.context = context;
    this.sites = sites;
    this.storages = storages;
    this.shelf = shelf;
    this.issuer = issuer;
  }

  /** Looks at all certificates, unless somebody does already. */
  void run() {
    if (running.compareAndSet(false, true)) {
      sites.all()
          .compose(all -> inTurn(all, this::renew))
          .onFailure(cause -> log.error("certificates could not be renewed: {}", Issuer.text(cause)))
          .onComplete(done -> running.set(false));
    }
  }

  /** In seconds. */
  long now() {
    return context.clock().millis() / 1000;
  }

  private static <T> Future<Void> inTurn(Collection<T> all, Function<T, Future<Void>> work) {
    Future<Void> turn = Future.succeededFuture();
    for (T each : all) {
      turn = turn.compose(before -> work.apply(each));
    }
    return turn;
  }

  private Future<Void> renew(Site site) {
    return shelf
        .hosts(site)
        .compose(hosts -> inTurn(hosts, host -> renew(site, host)))
        .recover(cause -> {
          log.error("certificates could not be renewed: {}", Issuer.text(cause));
          return Future.succeededFuture();
        });
  }

  private Future<Void> renew(Site site, String host) {
    if (!site.config().domains().allow(host)) {
      return Future.succeededFuture();
    }
    Storage storage = storages.of(site.config().storage());
    return shelf
        .find(site, host)
        .compose(found -> {
          if (found.isEmpty()) {
            log.info("the certificate of {} is gone: it is not renewed", host);
            return storage.remove(StorageKeys.renewal(host));
          }
          return isDue(Issuer.end(found.get()), site.config().renewDays(), now())
              ? issuer.issue(site, host, Issuer.Reason.DUE).<Void>mapEmpty()
              : Future.succeededFuture();
        })
        .recover(cause -> {
          log.error("failed to renew certificate for host {}: {}", host, Issuer.text(cause));
          return Future.succeededFuture();
        });
  }

  /**
   * Whether a certificate has to be renewed.
   *
   * @param end of the certificate, in seconds
   * @param days how many days before that
   * @param now in seconds
   */
  static boolean isDue(long end, double days, long now) {
    return end - days * DAY_SECONDS <= now;
  }
}
