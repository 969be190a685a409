package dev.sluice.plugins.bluegreen;

import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Entities.WriteOptions;
import dev.sluice.api.entity.EntityChange;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.entity.EntityTag;
import dev.sluice.plugins.deployment.Attachment;
import dev.sluice.plugins.deployment.Attachments;
import dev.sluice.plugins.deployment.Entry;
import dev.sluice.plugins.deployment.Ledger;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Switches, for operators and for the watch, and notices what the configuration was switched to otherwise. A switch is a
 * write of {@code config.active} and nothing else: it is live, as every write, when it is answered.
 */
final class Switches {

  static final String SWITCH = "switch";
  static final String ROLLBACK = "rollback";
  static final String BY_CONFIG = "config";
  static final String BY_WATCH = "watch";

  private static final Logger log = LoggerFactory.getLogger(Switches.class);
  private static final Duration OTHERS_FIRST = Duration.ofSeconds(1);
  private static final JsonObject NOTHING = new JsonObject();

  private final PluginContext context;
  private final Rollouts rollouts;
  private final Attachments attachments;
  private final Ledger ledger;

  Switches(PluginContext context, Rollouts rollouts, Attachments attachments, Ledger ledger) {
    this.context = context;
    this.rollouts = rollouts;
    this.attachments = attachments;
    this.ledger = ledger;
  }

  /**
   * What somebody wants.
   *
   * @param to the side
   * @param action {@link #SWITCH} or {@link #ROLLBACK}
   * @param by who
   * @param reason in words
   * @param force whether a side without a healthy target will do
   * @param numbers what was known
   * @param changed told of what is written
   */
  record Wish(
      Side to,
      String action,
      String by,
      String reason,
      boolean force,
      JsonObject numbers,
      Consumer<EntityChange> changed) {}

  /** Does it, unless {@link BlueGreenFactory#objection} refuses. Holds whether anything has changed. */
  Future<Boolean> change(Attachment at, Wish wish) {
    BlueGreenConfig config = BlueGreenConfig.decode(at.config());
    return config.active() == wish.to() ? Future.succeededFuture(false) : write(at, config, wish);
  }

  private Future<Boolean> write(Attachment at, BlueGreenConfig config, Wish wish) {
    Rollout rollout = rollouts.of(at.id(), config.active());
    rollout.writing(true);
    Optional<String> unchanged =
        wish.by().equals(BY_WATCH) ? Optional.of(EntityTag.of(CoreEntities.PLUGINS, at.plugin())) : Optional.empty();
    return at.entities()
        .update(
            CoreEntities.PLUGINS,
            new EntityKey.Id(at.id()),
            new JsonObject().put("config", active(wish.to())),
            new WriteOptions(false, unchanged, wish.changed(), wish.force()))
        .compose(written -> {
          switched(at.id(), rollout, config, wish.to(), !wish.action().equals(ROLLBACK));
          return writeDown(at, config.active(), wish).map(true);
        })
        .onComplete(done -> rollout.writing(false));
  }

  private static JsonObject active(Side side) {
    return new JsonObject().put("active", side.toString());
  }

  /** What cannot be written down has happened all the same. */
  private Future<Void> writeDown(Attachment at, Side from, Wish wish) {
    Entry entry = new Entry(
        at,
        wish.action(),
        from.toString(),
        wish.to().toString(),
        wish.by(),
        wish.reason(),
        wish.numbers(),
        active(wish.to()),
        active(from));
    return ledger
        .append(entry, wish.by().equals(BY_CONFIG) ? rows -> !tells(rows, wish.to()) : rows -> true)
        .<Void>mapEmpty()
        .recover(cause -> {
          log.error("{} of {} to {} cannot be written to the ledger", wish.action(), at.id(), wish.to(), cause);
          return Future.succeededFuture();
        });
  }

  private static boolean tells(List<JsonObject> rows, Side side) {
    return !rows.isEmpty() && side.toString().equals(rows.get(0).getString("to"));
  }

  private void switched(String id, Rollout rollout, BlueGreenConfig config, Side to, boolean watched) {
    long now = context.clock().millis();
    rollout.active(to, now, now + config.drainMillis());
    rollout.watch(
        watched
            ? config.watch().map(watch -> new Watch(to, watch, now + watch.windowMillis()))
            : rollout.watch().filter(watch -> watch.side() != to));
    context.after(Duration.ofMillis(Math.max(1, config.drainMillis())), () -> {
      long left = rollout.draining(to.other());
      if (rollout.active() == to && rollout.since() == now && left > 0) {
        log.warn("blue-green {}: {} requests are still under way at {} after drain_timeout", id, left, to.other());
      }
    });
  }

  /** Looks at what new versions of configurations have made active; after each new snapshot. */
  void look() {
    for (String id : rollouts.fresh()) {
      rollouts.known(id).ifPresent(rollout -> attachments
          .byId(id)
          .onSuccess(found -> found.ifPresent(at -> look(at, rollout)))
          .onFailure(cause -> log.warn("blue-green {}: cannot look at its configuration", id, cause)));
    }
  }

  private void look(Attachment at, Rollout rollout) {
    BlueGreenConfig config = BlueGreenConfig.decode(at.config());
    Side now = config.active();
    if (rollout.writing()) {
      return;
    }
    if (rollout.active() != now) {
      switched(at.id(), rollout, config, now, true);
      // Whoever has switched on another node writes down why; what nobody tells of was a write of the configuration.
      context.after(OTHERS_FIRST, () -> settle(at, rollout, now));
    } else if (!rollout.known()) {
      first(at, rollout, config);
    }
  }

  private void settle(Attachment at, Rollout rollout, Side now) {
    if (rollout.active() != now) {
      // It is not any more, so nothing that is the last word tells of it.
      return;
    }
    ledger
        .of(at.id())
        .onSuccess(rows -> {
          if (!tells(rows, now)) {
            writeDown(
                at, now.other(), new Wish(now, SWITCH, BY_CONFIG, "config.active was written", true, NOTHING, change -> {}));
          } else if (!rows.get(0).getString("action").equals(SWITCH)) {
            rollout.watch(rollout.watch().filter(watch -> watch.side() != now));
          }
        })
        .onFailure(cause -> log.error("blue-green {}: cannot read the ledger", at.id(), cause));
  }

  /** After a start: the ledger knows since when, and whether there still is something to watch. */
  private void first(Attachment at, Rollout rollout, BlueGreenConfig config) {
    Side now = config.active();
    rollout.active(now, 0, 0);
    ledger
        .of(at.id())
        .onSuccess(rows -> {
          if (rows.isEmpty() || rollout.active() != now || rollout.since() > 0) {
            return;
          }
          JsonObject last = rows.get(0);
          if (!tells(rows, now)) {
            writeDown(
                at, now.other(), new Wish(now, SWITCH, BY_CONFIG, "config.active was written", true, NOTHING, change -> {}));
            return;
          }
          long since = last.getLong("at");
          rollout.active(now, since, since + config.drainMillis());
          if (last.getString("action").equals(SWITCH)) {
            rollout.watch(config.watch()
                .filter(watch -> since + watch.windowMillis() > context.clock().millis())
                .map(watch -> new Watch(now, watch, since + watch.windowMillis())));
          }
        })
        .onFailure(cause -> log.error("blue-green {}: cannot read the ledger", at.id(), cause));
  }
}
