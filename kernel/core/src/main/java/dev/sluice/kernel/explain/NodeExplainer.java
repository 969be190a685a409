package dev.sluice.kernel.explain;

import dev.sluice.api.deployment.Cohorts;
import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.api.explain.Explainer;
import dev.sluice.api.explain.Explanation;
import dev.sluice.api.explain.Explanation.Ending;
import dev.sluice.api.explain.Explanation.Outgoing;
import dev.sluice.api.explain.SampleRequest;
import dev.sluice.api.request.Answer;
import dev.sluice.api.routing.RouteCandidate;
import dev.sluice.kernel.listener.HeadReader;
import dev.sluice.kernel.pipeline.ListenerInfo;
import dev.sluice.kernel.pipeline.Loop;
import dev.sluice.kernel.pipeline.Rehearsal;
import dev.sluice.kernel.proxy.Nobody;
import dev.sluice.kernel.proxy.RehearsedCall;
import dev.sluice.kernel.snapshot.FilterInstance;
import dev.sluice.kernel.snapshot.Pins;
import dev.sluice.kernel.upstream.Origins;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Explains on an event loop of the requests, where the state of theirs can be asked. */
public final class NodeExplainer implements Explainer {

  private static final int CANDIDATES = 6;

  private final Vertx vertx;
  private final List<Loop> loops;
  private final Supplier<List<ListenerInfo>> listeners;
  private final Origins origins;

  /**
   * Makes one.
   *
   * @param loops the event loops, of which the first one is asked
   * @param listeners of the proxy, in the order of the setting
   * @param origins the servers that no service names
   */
  public NodeExplainer(Vertx vertx, List<Loop> loops, Supplier<List<ListenerInfo>> listeners, Origins origins) {
    this.vertx = vertx;
    this.loops = loops;
    this.listeners = listeners;
    this.origins = origins;
  }

  @Override
  public Future<Explanation> explain(SampleRequest sample) {
    Optional<ListenerInfo> listener = listener(sample);
    if (listener.isEmpty()) {
      return Future.failedFuture(new IllegalArgumentException("no listener of the proxy is such"));
    }
    HeadReader.Head head = SampleHttp.read(sample);
    if (head.refusal().isPresent()) {
      return Future.succeededFuture(unread(listener.get(), head.refusal().get()));
    }
    Promise<Explanation> done = Promise.promise();
    Loop loop = loops.get(0);
    loop.run(
        () -> {
          try {
            Rehearsal rehearsal =
                Rehearsal.of(loop, listener.get(), SampleHttp.request(sample, head, listener.get()));
            explain(rehearsal, sample).onComplete(over -> loop.run(rehearsal::close)).onComplete(done);
          } catch (RuntimeException | LinkageError e) {
            done.fail(e);
          }
        });
    return done.future();
  }

  private Optional<ListenerInfo> listener(SampleRequest sample) {
    return listeners.get().stream()
        .filter(each -> each.ssl() == sample.secure())
        .filter(each -> sample.port().isEmpty() || each.port() == sample.port().getAsInt())
        .findFirst();
  }

  private static Explanation unread(ListenerInfo listener, int status) {
    Ending ending = new Ending("parser", Answer.empty(status));
    return new Explanation(
        0, listener.port(), Optional.empty(), List.of(), Optional.empty(), List.of(), List.of(), Optional.of(ending), Optional.empty());
  }

  private Future<Explanation> explain(Rehearsal rehearsal, SampleRequest sample) {
    Loop loop = rehearsal.exchange().loop();
    return vertx
        .executeBlocking(() -> rehearsal.candidates(CANDIDATES), false)
        .compose(
            candidates ->
                on(loop, () -> proceed(rehearsal, sample))
                    .compose(going -> going)
                    .compose(upstream -> on(loop, () -> explanation(rehearsal, upstream, candidates))));
  }

  private Future<Optional<UpstreamRuntime>> proceed(Rehearsal rehearsal, SampleRequest sample) {
    rehearsal.proceed(sample.consumer());
    return rehearsal.ending().isPresent()
        ? Future.succeededFuture(Optional.empty())
        : RehearsedCall.upstream(rehearsal.exchange(), origins);
  }

  private static <T> Future<T> on(Loop loop, Supplier<T> work) {
    Promise<T> done = Promise.promise();
    loop.run(
        () -> {
          try {
            done.complete(work.get());
          } catch (RuntimeException | LinkageError e) {
            done.fail(e);
          }
        });
    return done.future();
  }

  private static Explanation explanation(
      Rehearsal rehearsal, Optional<UpstreamRuntime> upstream, List<RouteCandidate> candidates) {
    var exchange = rehearsal.exchange();
    Optional<Outgoing> outgoing = upstream.map(found -> RehearsedCall.outgoing(exchange, found));
    Optional<Ending> ending = rehearsal.ending();
    if (ending.isEmpty() && outgoing.isEmpty()) {
      ending = Optional.of(new Ending("service", Answer.error(503, "no Service found with those values")));
    } else if (ending.isEmpty() && outgoing.get().ways().stream().allMatch(way -> way.chance().orElse(1) == 0)) {
      ending = Optional.of(new Ending("balancer", Nobody.answer(upstream.get())));
    }
    return new Explanation(
        exchange.snapshot().version(),
        exchange.listener().port(),
        exchange.match(),
        candidates,
        exchange.consumer(),
        List.copyOf(rehearsal.filters()),
        List.copyOf(rehearsal.choices()),
        ending,
        outgoing);
  }

  @Override
  public Future<Optional<Redeal>> redeal(String plugin, double percentage, List<String> keys) {
    Promise<Optional<Redeal>> done = Promise.promise();
    Loop loop = loops.get(0);
    loop.run(
        () -> {
          Pins.Pin pin = loop.pins().pin();
          try {
            done.complete(
                Optional.ofNullable(pin.snapshot().instances().get(plugin))
                    .map(FilterInstance::filter)
                    .filter(DeploymentStrategy.class::isInstance)
                    .flatMap(strategy -> ((DeploymentStrategy) strategy).cohorts())
                    .map(cohorts -> redeal(cohorts, percentage, keys)));
          } catch (RuntimeException | LinkageError e) {
            done.fail(e);
          } finally {
            loop.pins().unpin(pin);
          }
        });
    return done.future();
  }

  private static Redeal redeal(Cohorts cohorts, double percentage, List<String> keys) {
    List<Deal> deals = new ArrayList<>(keys.size());
    for (String key : keys) {
      deals.add(new Deal(key, cohorts.bucketOf(key), cohorts.groupOf(key), cohorts.groupOf(key, percentage)));
    }
    return new Redeal(cohorts.by(), deals);
  }
}
