package dev.sluice.plugins.mirror;

import dev.sluice.api.deployment.CopiedAnswer;
import dev.sluice.api.deployment.Copies;
import dev.sluice.api.deployment.CopyFailedException;
import dev.sluice.api.deployment.Onlooker;
import dev.sluice.api.deployment.Selection;
import dev.sluice.plugins.mirror.Findings.Drop;
import dev.sluice.plugins.mirror.Findings.Figures;
import dev.sluice.plugins.mirror.Findings.Skip;
import dev.sluice.plugins.mirror.Findings.Step;
import io.vertx.core.AsyncResult;
import java.util.Map;
import java.util.Optional;

/**
 * One copied request and both of its answers. Lives on the event loop of the request; answers are compared at the desk.
 * Where they differ in what may be noise, the request's own upstream is asked once more before that is believed.
 */
final class Pair implements Onlooker {

  private static final Map<String, String> COPY = Mirror.mark("copy");
  private static final Map<String, String> PROBE = Mirror.mark("probe");

  private final Mirror mirror;
  private final Figures figures;
  private final Asked asked;
  private Optional<Copies> copies = Optional.empty();
  private Optional<CopiedAnswer> primary = Optional.empty();
  private Optional<AsyncResult<CopiedAnswer>> shadow = Optional.empty();
  private boolean tooLarge;
  private boolean known;
  private boolean met;

  /**
   * What was asked for.
   *
   * @param at when, in milliseconds since the epoch
   * @param id of the request
   * @param path the pattern of it, since there may be secrets in a path
   * @param route its name or id
   * @param kind the route and the pattern of the path
   */
  record Asked(long at, String id, String method, String path, String route, String kind) {

    /** Whether it may be asked for a second time. */
    boolean repeatable() {
      return method.equals("GET") || method.equals("HEAD");
    }
  }

  Pair(Mirror mirror, Figures figures, Asked asked) {
    this.mirror = mirror;
    this.figures = figures;
    this.asked = asked;
  }

  @Override
  public int maxBody() {
    return mirror.maxBody();
  }

  @Override
  public void sent(Copies sender) {
    copies = Optional.of(sender);
    figures.steps.add(Step.MIRRORED);
    sender
        .send(Mirror.SHADOW, COPY)
        .onComplete(
            done -> {
              shadow = Optional.of(done);
              meet();
            });
  }

  @Override
  public void tooLarge() {
    tooLarge = true;
  }

  /** There will be nothing to compare, and the client may take hours: the place is not kept for so long. */
  @Override
  public void outgrown(CopiedAnswer answer) {
    primary = Optional.of(answer);
    known = true;
    meet();
  }

  @Override
  public void ended(Optional<CopiedAnswer> answer) {
    if (!known) {
      primary = answer;
      known = true;
    }
    if (copies.isEmpty()) {
      figures.dropped.add(tooLarge ? Drop.REQUEST_BODY : Drop.UNSENT);
      over();
    } else {
      meet();
    }
  }

  private void over() {
    mirror.findings().giveBack();
  }

  private void meet() {
    if (met || !known || shadow.isEmpty()) {
      return;
    }
    met = true;
    AsyncResult<CopiedAnswer> other = shadow.get();
    if (other.failed()) {
      figures.errors.add(
          other.cause() instanceof CopyFailedException failed ? failed.reason() : CopyFailedException.Reason.BROKEN);
      over();
    } else if (primary.isEmpty()) {
      skip(Skip.PRIMARY);
    } else {
      both(primary.get(), other.result());
    }
  }

  private void skip(Skip why) {
    figures.notCompared.add(why);
    over();
  }

  private void both(CopiedAnswer one, CopiedAnswer other) {
    figures.primary.add(one.latencyNanos());
    figures.shadow.add(other.latencyNanos());
    Case found = new Case(mirror, figures, asked, one, other);
    if (!one.whole() || !other.whole()) {
      skip(Skip.ANSWER_BODY);
    } else if (asked.repeatable() && mirror.probes()) {
      probe(found);
    } else {
      mirror
          .desk()
          .work(found::first)
          .onComplete(
              done -> {
                if (done.failed()) {
                  skip(Skip.LEAVING);
                } else if (done.result()) {
                  over();
                } else {
                  probe(found);
                }
              });
    }
  }

  private void probe(Case found) {
    figures.steps.add(Step.PROBES);
    copies
        .orElseThrow()
        .send(Selection.REST, PROBE)
        .onComplete(
            again ->
                mirror
                    .desk()
                    .work(() -> found.settle(Optional.ofNullable(again.result())))
                    .onComplete(
                        done -> {
                          if (done.failed()) {
                            skip(Skip.LEAVING);
                          } else {
                            over();
                          }
                        }));
  }
}
