package dev.sluice.testkit.contract;

import dev.sluice.api.request.RequestContext;
import dev.sluice.api.upstream.LoadBalancer;
import dev.sluice.api.upstream.LoadBalancerFactory;
import dev.sluice.api.upstream.Picker;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.testkit.fake.FakePickContext;
import dev.sluice.testkit.fake.FakeTargetState;
import dev.sluice.testkit.fake.FakeUpstreams;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** What {@link LoadBalancerContract} must know of an algorithm, and how it tries it. */
public abstract class LoadBalancerFixture {

  private static final int LOOPS = 4;

  /** What an algorithm may promise beyond what each must. */
  public enum Trait {
    /** Over (sum of weights) / (their greatest common divisor) picks each address gets exactly its share. */
    EXACT_TURNS,
    /** Requests of all kinds that do not end spread by weight, within {@link #tolerance}. */
    SHARES,
    /** The same request goes to the same address, also from a second balancer over equal addresses. */
    SAME_REQUEST_SAME_ADDRESS
  }

  /** The factory under test. */
  protected abstract LoadBalancerFactory factory();

  /** What the algorithm promises. */
  protected abstract Set<Trait> traits();

  /** Fields of the upstream that the algorithm needs. */
  protected JsonObject settings() {
    return new JsonObject();
  }

  /** A request; the same number always gives an equal one. */
  protected Optional<RequestContext> request(int number) {
    return Optional.empty();
  }

  /** How far, relative to its share, an address may be off when {@link Trait#SHARES} are promised. */
  protected double tolerance() {
    return 0.05;
  }

  /** Addresses with these weights, all of them healthy. */
  protected static List<FakeTargetState> addresses(int... weights) {
    return IntStream.range(0, weights.length)
        .mapToObj(i -> FakeTargetState.of("10.0.0." + (i + 1), 8000, weights[i]))
        .toList();
  }

  final LoadBalancer build(List<FakeTargetState> addresses) {
    return build(addresses, new JsonObject());
  }

  final LoadBalancer build(List<FakeTargetState> addresses, JsonObject more) {
    JsonObject settings = settings().copy().put("algorithm", factory().algorithm()).mergeIn(more, true);
    return factory().build(FakeUpstreams.view(settings, addresses));
  }

  final FakePickContext context(int number) {
    return request(number).map(FakePickContext::first).orElseGet(FakePickContext::first);
  }

  final Optional<TargetState> pick(Picker picker, int number) {
    return picker.pick(context(number));
  }

  final Map<TargetState, Integer> count(Picker picker, int picks) {
    Map<TargetState, Integer> counts = new HashMap<>();
    for (int number = 0; number < picks; number++) {
      counts.merge(pick(picker, number).orElseThrow(), 1, Integer::sum);
    }
    return counts;
  }

  static int turn(int... weights) {
    int common = 0;
    for (int weight : weights) {
      common = gcd(weight, common);
    }
    return IntStream.of(weights).sum() / common;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  static Map<TargetState, Integer> shares(List<FakeTargetState> addresses, int picks) {
    int total = addresses.stream().mapToInt(TargetState::weight).sum();
    Map<TargetState, Integer> shares = new HashMap<>();
    for (FakeTargetState address : addresses) {
      if (address.weight() > 0) {
        shares.put(address, (int) ((long) picks * address.weight() / total));
      }
    }
    return shares;
  }

  static <T> List<T> onLoops(List<Callable<T>> work) throws Exception {
    ExecutorService loops = Executors.newFixedThreadPool(LOOPS);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> done : loops.invokeAll(work)) {
        results.add(done.get());
      }
      return results;
    } finally {
      loops.shutdownNow();
    }
  }
}
