package dev.sluice.plugins.bluegreen;

import dev.sluice.api.PluginContext;
import dev.sluice.plugins.deployment.Attachment;
import dev.sluice.plugins.deployment.Attachments;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Switches back from a side that fails too many requests, and tries again while that cannot be written: the store may be
 * away, somebody else may just be writing, or nobody may be healthy at the other side.
 */
final class WayBack {

  private static final Logger log = LoggerFactory.getLogger(WayBack.class);
  private static final Duration SOON = Duration.ofMillis(1);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** Ten minutes of them: who has not been able to by then needs somebody who looks after it. */
  private static final int TRIES = 600;

  private final PluginContext context;
  private final Rollouts rollouts;
  private final Attachments attachments;
  private final Switches switches;

  WayBack(PluginContext context, Rollouts rollouts, Attachments attachments, Switches switches) {
    this.context = context;
    this.rollouts = rollouts;
    this.attachments = attachments;
    this.switches = switches;
  }

  /** Goes it; on whichever thread. */
  void tripped(String id, Watch watch) {
    log.warn("blue-green {}: switching back to {}: {}", id, watch.side().other(), watch.reason());
    // Away from the request that has made it trip.
    context.after(SOON, () -> attempt(id, watch, new HashSet<>(), TRIES));
  }

  private void attempt(String id, Watch watch, Set<String> told, int tries) {
    if (!stands(id, watch)) {
      return;
    }
    Future.succeededFuture(id)
        .compose(attachments::byId)
        .compose(found -> found
            .filter(at -> BlueGreenConfig.decode(at.config()).active() == watch.side())
            .map(at -> back(at, watch))
            .orElseGet(() -> Future.succeededFuture(false)))
        .onSuccess(done -> watch.hinderedBy(""))
        .onFailure(cause -> failed(id, watch, told, tries, cause));
  }

  /** Nothing else has been switched to since, and nobody has made it needless. */
  private boolean stands(String id, Watch watch) {
    return rollouts
        .known(id)
        .filter(rollout -> rollout.active() == watch.side())
        .flatMap(Rollout::watch)
        .filter(current -> current == watch)
        .isPresent();
  }

  private Future<Boolean> back(Attachment at, Watch watch) {
    return switches.change(
        at,
        new Switches.Wish(
            watch.side().other(),
            Switches.ROLLBACK,
            Switches.BY_WATCH,
            watch.reason(),
            false,
            watch.numbers(),
            change -> {}));
  }

  private void failed(String id, Watch watch, Set<String> told, int tries, Throwable cause) {
    String reason = String.valueOf(cause.getMessage());
    watch.hinderedBy(reason);
    if (tries == 1) {
      log.error("blue-green {}: gives up switching back to {}: {}", id, watch.side().other(), reason);
      return;
    }
    if (told.add(reason)) {
      log.error("blue-green {}: cannot switch back to {}, trying again", id, watch.side().other(), cause);
    }
    context.after(AGAIN, () -> attempt(id, watch, told, tries - 1));
  }
}
