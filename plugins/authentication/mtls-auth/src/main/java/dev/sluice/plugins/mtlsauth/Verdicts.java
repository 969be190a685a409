package dev.sluice.plugins.mtlsauth;

import dev.sluice.api.PluginContext;
import dev.sluice.plugins.mtlsauth.ChainCheck.Revoked;
import dev.sluice.plugins.mtlsauth.ChainCheck.Way;
import dev.sluice.plugins.mtlsauth.MtlsAuthConfig.Revocation;
import dev.sluice.plugins.mtlsauth.MtlsAuthConfig.Verification;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What is thought of certificates, by one version of the authorities. Chains are looked at beside the event loops, once
 * for all who wait, and verdicts are kept. Safe for all threads.
 */
final class Verdicts {

  private static final int MOST_KEPT = 10_000;

  /** For how many milliseconds nobody is asked again who could not be reached. */
  private static final long UNREACHED = 10_000;

  private final PluginContext context;
  private final Verification rules;
  private final Map<Key, Verdict> known = new ConcurrentHashMap<>();
  private final Map<Key, Future<Verdict>> running = new ConcurrentHashMap<>();
  private final Revocations revocations;

  /** A chain, and the authorities that it is held against: one version of them equals no other. */
  private record Key(Authorities authorities, List<X509Certificate> chain) {}

  Verdicts(PluginContext context, Verification rules) {
    this.context = context;
    this.rules = rules;
    this.revocations = new Revocations(context, Duration.ofMillis(rules.timeoutMillis()));
  }

  /** A verdict that holds. */
  Optional<Verdict> known(Authorities authorities, List<X509Certificate> chain) {
    Verdict verdict = known.get(new Key(authorities, chain));
    return verdict != null && context.clock().millis() < verdict.until() ? Optional.of(verdict) : Optional.empty();
  }

  /** Forgets what was thought by other authorities. */
  void forget() {
    known.clear();
  }

  /** Looks at a chain. The verdict arrives on the caller's event loop. */
  Future<Verdict> ask(Authorities authorities, List<X509Certificate> chain) {
    Key key = new Key(authorities, chain);
    Promise<Verdict> mine = Promise.promise();
    Future<Verdict> first = running.putIfAbsent(key, mine.future());
    if (first != null) {
      return here(first);
    }
    look(key).onComplete(done -> {
      done.map(verdict -> keep(key, verdict));
      running.remove(key);
      mine.handle(done);
    });
    return here(mine.future());
  }

  private static Future<Verdict> here(Future<Verdict> somewhere) {
    Context loop = Vertx.currentContext();
    Promise<Verdict> here = Promise.promise();
    somewhere.onComplete(done -> loop.runOnContext(later -> here.handle(done)));
    return here.future();
  }

  private Verdict keep(Key key, Verdict verdict) {
    if (known.size() >= MOST_KEPT) {
      known.clear();
    }
    known.put(key, verdict);
    return verdict;
  }

  /**
   * The first look.
   *
   * @param way when it was found
   */
  private record Seen(Verdict verdict, Optional<Way> way) {}

  private Future<Verdict> look(Key key) {
    return context.blocking(() -> first(key)).compose(seen -> {
      boolean asks = seen.way().isPresent()
          && (rules.revocation() == Revocation.STRICT
              || rules.revocation() == Revocation.IGNORE_CA_ERROR && ChainCheck.tellsWhoKnows(seen.way().get()));
      return asks
          ? revocations.ask(seen.way().get()).map(revoked -> judge(seen.verdict(), revoked))
          : Future.succeededFuture(seen.verdict());
    });
  }

  private Seen first(Key key) {
    long now = context.clock().millis();
    try {
      Way way = ChainCheck.trusted(key.chain(), key.authorities(), context.clock().instant());
      List<String> ids = way.certificates().stream().flatMap(each -> key.authorities().id(each).stream()).toList();
      List<String> all =
          Stream.concat(ids.stream(), key.authorities().id(way.anchor().getTrustedCert()).stream())
              .distinct()
              .toList();
      Verdict good = new Verdict(true, "", all, now + rules.keptMillis())
          .atMostUntil(way.anchor().getTrustedCert().getNotAfter().toInstant().toEpochMilli());
      for (X509Certificate each : way.certificates()) {
        good = good.atMostUntil(each.getNotAfter().toInstant().toEpochMilli());
      }
      return new Seen(good, Optional.of(way));
    } catch (GeneralSecurityException e) {
      return new Seen(Verdict.bad(String.valueOf(e.getMessage()), now + rules.keptMillis()), Optional.empty());
    }
  }

  private Verdict judge(Verdict trusted, Revoked revoked) {
    long soon = context.clock().millis() + UNREACHED;
    return switch (revoked) {
      case NO -> trusted;
      case YES -> Verdict.bad("it was revoked", trusted.until());
      case UNKNOWN -> (rules.revocation() == Revocation.STRICT
              ? Verdict.bad("nobody knows whether it was revoked", trusted.until())
              : trusted)
          .atMostUntil(soon);
    };
  }
}
