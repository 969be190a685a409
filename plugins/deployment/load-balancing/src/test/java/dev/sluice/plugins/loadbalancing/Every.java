package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.upstream.LoadBalancer;
import dev.sluice.api.upstream.Picker;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.testkit.fake.FakePickContext;
import dev.sluice.testkit.fake.FakeRequest;
import dev.sluice.testkit.fake.FakeTargetState;
import dev.sluice.testkit.fake.FakeUpstreams;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Every algorithm, at a time that a test moves, and how tests ask them. */
enum Every {
  ROUND_ROBIN,
  LEAST_CONNECTIONS,
  LATENCY,
  CONSISTENT_HASHING;

  /** The present time, in milliseconds. */
  static final AtomicLong CLOCK = new AtomicLong(1_700_000_000_000L);

  private Algorithm algorithm() {
    return switch (this) {
      case ROUND_ROBIN -> new RoundRobin();
      case LEAST_CONNECTIONS -> new LeastConnections();
      case LATENCY -> new Latency(CLOCK::get);
      case CONSISTENT_HASHING -> new ConsistentHashing();
    };
  }

  /** A balancer for an upstream with tags. */
  LoadBalancer build(List<FakeTargetState> addresses, String... tags) {
    JsonArray all = new JsonArray();
    for (String tag : tags) {
      all.add(tag);
    }
    JsonObject settings = new JsonObject().put("hash_on", "header").put("hash_on_header", "xkey").put("tags", all);
    return new ByPriority(algorithm(), CLOCK::get).build(FakeUpstreams.view(settings, addresses));
  }

  /** The context of a request; each number has a key of its own. */
  static FakePickContext request(int number) {
    return FakePickContext.first(FakeRequest.of(1).answering().header("XKey", "client-" + number));
  }

  /** How often each address is picked by so many requests. */
  static Map<TargetState, Integer> count(Picker picker, int picks) {
    Map<TargetState, Integer> counts = new HashMap<>();
    for (int number = 0; number < picks; number++) {
      counts.merge(picker.pick(request(number)).orElseThrow(), 1, Integer::sum);
    }
    return counts;
  }
}
