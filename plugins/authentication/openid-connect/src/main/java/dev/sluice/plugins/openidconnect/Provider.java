package dev.sluice.plugins.openidconnect;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A provider: what it tells of itself, and its keys. Both are fetched when they are first wanted, by one request for all
 * who wait, and again when they are old or lack a key. For all threads.
 */
final class Provider {

  private static final Logger log = LoggerFactory.getLogger(Provider.class);
  /** How long a provider in trouble is left alone while nothing is known of it. */
  private static final long PAUSE = 1000;

  private final ProviderPlace place;
  private final ProviderClient client;
  private final Clock clock;
  private final AtomicReference<Promise<Known>> underWay = new AtomicReference<>();
  private volatile Optional<Known> known = Optional.empty();
  private volatile long askedAt = Long.MIN_VALUE / 2;

  Provider(ProviderPlace place, ProviderClient client, Clock clock) {
    this.place = place;
    this.client = client;
    this.clock = clock;
  }

  /**
   * What a provider has told.
   *
   * @param metadata of itself
   * @param keys of its tokens
   * @param at when, in milliseconds since the epoch
   */
  record Known(Metadata metadata, Keys keys, long at) {}

  ProviderPlace place() {
    return place;
  }

  /** What is known; fails when the provider cannot be asked, and what was known is too old to be believed. */
  Future<Known> known() {
    Optional<Known> found = known;
    long now = clock.millis();
    boolean rested = isSince(PAUSE);
    if (found.isPresent()) {
      long age = now - found.get().at();
      if (age > place.lifetimeMillis() && rested) {
        fetch();
      }
      if (age <= 2 * place.lifetimeMillis()) {
        return Future.succeededFuture(found.get());
      }
    }
    return rested || underWay.get() != null
        ? ProviderClient.here(fetch())
        : Future.failedFuture(new IOException("the provider could not be asked a moment ago"));
  }

  /** Something newer than what lacks a key, unless it was looked for not long ago, or cannot be had. */
  Future<Known> newer(Known old) {
    Optional<Known> found = known;
    if (found.isPresent() && found.get().at() > old.at()) {
      return Future.succeededFuture(found.get());
    }
    boolean due = isSince(place.rediscoveryMillis());
    return due || underWay.get() != null
        ? ProviderClient.here(fetch()).otherwise(old)
        : Future.succeededFuture(old);
  }

  /** Whether nothing was asked for so long; a clock that was put back does not hold anything up. */
  private boolean isSince(long millis) {
    long now = clock.millis();
    return now - askedAt >= millis || now < askedAt;
  }

  private Future<Known> fetch() {
    Promise<Known> mine = Promise.promise();
    Promise<Known> other = underWay.compareAndExchange(null, mine);
    if (other != null) {
      return other.future();
    }
    askedAt = clock.millis();
    Future.succeededFuture()
        .compose(begin -> ask())
        .onComplete(result -> {
          if (result.succeeded()) {
            known = Optional.of(result.result());
          } else {
            log.warn("the provider {} cannot be asked", place.issuer(), result.cause());
          }
          underWay.set(null);
          mine.handle(result);
        });
    return mine.future();
  }

  private Future<Known> ask() {
    long now = clock.millis();
    return metadata().compose(metadata ->
        keys(metadata.keys(), new JsonArray()).map(keys -> new Known(metadata, Keys.read(keys), now)));
  }

  private Future<Metadata> metadata() {
    try {
      return place.pseudo()
          ? Future.succeededFuture(Metadata.configured(place))
          : get(place.document()).compose(this::read);
    } catch (IOException e) {
      return Future.failedFuture(e);
    }
  }

  private Future<Metadata> read(JsonObject document) {
    try {
      return Future.succeededFuture(Metadata.read(place, document));
    } catch (IOException e) {
      return Future.failedFuture(e);
    }
  }

  private Future<JsonArray> keys(List<URI> from, JsonArray all) {
    if (from.isEmpty()) {
      return Future.succeededFuture(all);
    }
    return get(from.get(0)).compose(set -> {
      if (!(set.getValue("keys") instanceof JsonArray more)) {
        return Future.failedFuture(new IOException("there are no keys at " + from.get(0)));
      }
      return keys(from.subList(1, from.size()), all.addAll(more));
    });
  }

  private Future<JsonObject> get(URI address) {
    RequestOptions request = new RequestOptions()
        .setMethod(HttpMethod.GET)
        .setAbsoluteURI(address.toString())
        .putHeader("Accept", "application/json");
    return client.send(place.verify(), place.timeoutMillis(), request, Buffer.buffer()).compose(reply -> {
      if (reply.status() != 200) {
        return Future.failedFuture(new IOException("status " + reply.status() + " of " + address));
      }
      return Future.succeededFuture(new JsonObject(reply.body()));
    });
  }
}
