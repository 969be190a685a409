package dev.sluice.plugins.acme;

import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.EntityReader;
import dev.sluice.api.security.X509;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has certificates issued: for each host one order at a time, on this node by a map and on all nodes by a lock in the
 * storage, and none for a while after one has failed. Safe from any thread.
 */
final class Issuer {

  /** After which a node may take over what another one has begun. */
  static final long LOCK_SECONDS = 180;

  private static final Logger log = LoggerFactory.getLogger(Issuer.class);

  /** Names are the clients' to choose: so many orders at a time, and so many hosts to leave alone. */
  private static final int MOST_AT_ONCE = 32;

  private static final int MOST_QUIET = 10_000;
  private static final long ELSEWHERE_MILLIS = TimeUnit.SECONDS.toMillis(5);
  private static final long PROBLEM_MILLIS = TimeUnit.SECONDS.toMillis(10);

  private final PluginContext context;
  private final Storages storages;
  private final Shelf shelf;
  private final Authority authority;
  private final Map<String, Future<Outcome>> running = new ConcurrentHashMap<>();
  private final Map<String, Long> quiet = new ConcurrentHashMap<>();

  /** What became of it. */
  enum Outcome {
    /** The certificate is there. */
    ISSUED,
    /** Another node is about it. */
    ELSEWHERE
  }

  /** Why to order. */
  enum Reason {
    /** There should be a certificate, and perhaps there is one by now. */
    MISSING,
    /** It ends soon, if nobody has renewed it by now. */
    DUE,
    /** There should be a new one. */
    NEW
  }

  Issuer(PluginContext context, Storages storages, Shelf shelf, Authority authority) {
    this.context = context;
    this.storages = storages;
    this.shelf = shelf;
    this.authority = authority;
  }

  /** A client has asked for a host: sees to it that there is a certificate some time. Does not block. */
  void wanted(Site site, String host, EntityReader entities) {
    if (shelf.covers(site, host, entities) || running.containsKey(host) || running.size() >= MOST_AT_ONCE) {
      return;
    }
    Long until = quiet.get(host);
    if (until != null && until > context.clock().millis()) {
      return;
    }
    issue(site, host, Reason.MISSING).onFailure(cause ->
        log.error("failed to update certificate for host {}: {}", host, text(cause)));
  }

  /** What went wrong, in few words. */
  static String text(Throwable cause) {
    return cause instanceof AcmeFailure || cause.getMessage() != null ? cause.getMessage() : cause.toString();
  }

  /** Orders a certificate, or joins the order that is under way. */
  Future<Outcome> issue(Site site, String host, Reason reason) {
    Promise<Outcome> outcome = Promise.promise();
    Future<Outcome> other = running.putIfAbsent(host, outcome.future());
    if (other != null) {
      return other;
    }
    Future<Outcome> locked;
    try {
      locked = locked(site, host, reason);
    } catch (RuntimeException e) {
      locked = Future.failedFuture(e);
    }
    locked.onComplete(done -> {
      if (done.failed() && !quiet.containsKey(host)) {
        hush(host, context.clock().millis() + PROBLEM_MILLIS);
      }
      running.remove(host);
      outcome.handle(done);
    });
    return outcome.future();
  }

  private Future<Outcome> locked(Site site, String host, Reason reason) {
    Storage storage = storages.of(site.config().storage());
    quiet.remove(host);
    return storage
        .get(StorageKeys.backoff(host))
        .compose(until -> rested(host, until))
        .compose(rested -> storage.add(StorageKeys.lock(host), context.node().nodeId(), LOCK_SECONDS))
        .compose(mine -> {
          if (!mine) {
            log.info("update_certificate for {} is already running", host);
            hush(host, context.clock().millis() + ELSEWHERE_MILLIS);
            return Future.succeededFuture(Outcome.ELSEWHERE);
          }
          return needed(site, host, reason)
              .compose(needed -> needed ? order(site, host, storage) : Future.succeededFuture())
              .eventually(() -> storage.remove(StorageKeys.lock(host)))
              .map(Outcome.ISSUED);
        });
  }

  private Future<Void> rested(String host, Optional<String> backoff) {
    long now = context.clock().millis() / 1000;
    long until = backoff.map(Issuer::number).orElse(0L);
    if (until <= now) {
      return Future.succeededFuture();
    }
    hush(host, until * 1000);
    return Future.failedFuture(new AcmeFailure("please try again in " + (until - now) + " seconds for host " + host
        + " because of previous failure; this is configurable with config.fail_backoff_minutes"));
  }

  private static long number(String text) {
    try {
      return (long) Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Another node may have been faster, and this one may not have heard of it yet. */
  private Future<Boolean> needed(Site site, String host, Reason reason) {
    if (reason == Reason.NEW) {
      return Future.succeededFuture(true);
    }
    double days = reason == Reason.DUE ? site.config().renewDays() : 0;
    return shelf
        .find(site, host)
        .map(found -> found.stream().allMatch(issued -> Renewals.isDue(end(issued), days, now())));
  }

  private long now() {
    return context.clock().millis() / 1000;
  }

  private Future<Void> order(Site site, String host, Storage storage) {
    log.info("a certificate for {} is ordered", host);
    return authority
        .order(site.config(), host)
        .compose(issued -> shelf.keep(site, host, issued).compose(kept -> remember(storage, host, issued)))
        .onSuccess(done -> log.info("there is a certificate for {}", host))
        .recover(cause -> backOff(site, host, storage, cause));
  }

  /** Notes when it has to be renewed. */
  private static Future<Void> remember(Storage storage, String host, Issued issued) {
    String note = new JsonObject().put("host", host).put("expire_at", end(issued)).encode();
    return storage.put(StorageKeys.renewal(host), note, Storage.FOR_EVER);
  }

  /** When a certificate ends, in seconds; 0 when it cannot be read. */
  static long end(Issued issued) {
    try {
      return X509.chain(issued.certificate()).get(0).getNotAfter().toInstant().getEpochSecond();
    } catch (CertificateException e) {
      return 0;
    }
  }

  private Future<Void> backOff(Site site, String host, Storage storage, Throwable cause) {
    long seconds = site.config().backoffSeconds();
    if (seconds <= 0) {
      return Future.failedFuture(cause);
    }
    long until = now() + seconds;
    hush(host, until * 1000);
    return storage
        .put(StorageKeys.backoff(host), String.valueOf(until), seconds)
        .onFailure(problem -> log.warn("failed to set fallback key for {}: {}", host, text(problem)))
        .compose(done -> Future.failedFuture(cause), done -> Future.failedFuture(cause));
  }

  private void hush(String host, long untilMillis) {
    if (quiet.size() >= MOST_QUIET) {
      long now = context.clock().millis();
      quiet.values().removeIf(until -> until <= now);
    }
    if (quiet.size() < MOST_QUIET) {
      quiet.put(host, untilMillis);
    }
  }

  /** Completes when all that is under way has ended, whatever came of it. */
  Future<Void> finished() {
    List<Future<Outcome>> all = new ArrayList<>(running.values());
    return all.isEmpty()
        ? Future.succeededFuture()
        : Future.join(all).<Void>mapEmpty().otherwiseEmpty();
  }
}
