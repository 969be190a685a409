package dev.sluice.plugins.ledger;

import dev.sluice.plugins.deployment.Chain;
import dev.sluice.plugins.deployment.Records;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether the ledger is as it was written. A short one is read as a whole each time, a long one as a whole from time
 * to time and when somebody asks for it, and between as far as it has grown. Safe for all threads.
 */
final class ChainCheck {

  private static final Logger log = LoggerFactory.getLogger(ChainCheck.class);

  /** For so long nobody need read all again. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final Records records;
  private final Clock clock;
  private volatile Seen seen = new Seen(0, Chain.BEGINNING, Optional.empty(), 0);

  /**
   * What was found.
   *
   * @param number of the last record that was good
   * @param hash of that record
   * @param broken where it is not good
   * @param readAt when all was read last, in milliseconds since the epoch
   */
  private record Seen(long number, String hash, Optional<Chain.Break> broken, long readAt) {}

  ChainCheck(Records records, Clock clock) {
    this.records = records;
    this.clock = clock;
  }

  /**
   * Looks.
   *
   * @param all whether to read all records in any case
   */
  Future<JsonObject> look(boolean all) {
    Seen known = seen;
    boolean whole = all
        || known.broken().isPresent()
        || known.number() <= Records.PAGE
        || clock.millis() - known.readAt() > FRESH.toMillis();
    return (whole ? whole(known) : since(known)).map(this::settled).map(ChainCheck::shown);
  }

  private Future<Seen> whole(Seen known) {
    long now = clock.millis();
    Walk walk = new Walk(Chain.beginning(), known);
    return records
        .from(1)
        .compose(page -> records.each(page, walk::on))
        .map(done -> walk.found(now));
  }

  private Future<Seen> since(Seen known) {
    return records.from(known.number()).compose(page -> {
      if (page.isEmpty() || Records.number(page.get(0)) != known.number() || !Chain.hash(page.get(0)).equals(known.hash())) {
        return whole(known);
      }
      Walk walk = new Walk(Chain.after(known.number() - 1, page.get(0).getString("previous", "")), known);
      return records.each(page, walk::on).map(done -> walk.found(known.readAt()));
    });
  }

  /** One look on its way; what was known when it began must still be there: so a missing end shows. */
  private static final class Walk {
    private final Chain chain;
    private final Seen known;
    private Optional<Chain.Break> broken = Optional.empty();

    Walk(Chain chain, Seen known) {
      this.chain = chain;
      this.known = known;
    }

    boolean on(List<JsonObject> rows) {
      broken = chain.walk(rows).or(() -> anew(rows));
      return broken.isEmpty();
    }

    private Optional<Chain.Break> anew(List<JsonObject> rows) {
      long number = known.number();
      return rows
          .stream()
          .filter(row -> Records.number(row) == number && !known.hash().equals(row.getString("hash")))
          .findFirst()
          .map(row -> new Chain.Break(number, "record " + number + " was written anew"));
    }

    Seen found(long readAt) {
      long next = chain.number() + 1;
      Optional<Chain.Break> all = broken.or(() -> next > known.number()
          ? Optional.empty()
          : Optional.of(new Chain.Break(next, "record " + next + " is missing")));
      return all.isPresent()
          ? new Seen(known.number(), known.hash(), all, readAt)
          : new Seen(chain.number(), chain.hash(), all, readAt);
    }
  }

  /** Of two looks at the same time the one that has seen more is remembered. */
  private synchronized Seen settled(Seen found) {
    Optional<Chain.Break> broken = found.broken();
    if (broken.isPresent() && !broken.equals(seen.broken())) {
      log.error("the ledger of switches is not as it was written: {}", broken.get().why());
    }
    if (broken.isPresent() || seen.broken().isPresent() || found.number() >= seen.number()) {
      seen = found;
    }
    return found;
  }

  private static JsonObject shown(Seen found) {
    JsonObject shown = new JsonObject().put("valid", found.broken().isEmpty()).put("read_at", found.readAt());
    found
        .broken()
        .ifPresentOrElse(
            at -> shown.put("broken_at", at.number()).put("reason", at.why()), () -> shown.put("head", found.hash()));
    return shown;
  }
}
