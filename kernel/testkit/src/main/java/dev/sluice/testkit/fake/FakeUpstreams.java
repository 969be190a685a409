package dev.sluice.testkit.fake;

import dev.sluice.api.entity.Upstream;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.api.upstream.UpstreamView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Makes views of upstreams. */
public final class FakeUpstreams {

  private FakeUpstreams() {}

  /**
   * A view over addresses, sorted as the kernel sorts them.
   *
   * @param settings fields of the upstream; what is absent takes its default
   */
  public static UpstreamView view(JsonObject settings, List<? extends TargetState> addresses) {
    JsonObject document = new JsonObject()
        .put("id", "upstream")
        .put("name", "upstream.test")
        .put("algorithm", "round-robin")
        .put("hash_on", "none")
        .put("hash_fallback", "none")
        .put("hash_on_cookie_path", "/")
        .put("slots", 10_000)
        .put("use_srv_name", false)
        .put("healthchecks", healthchecks())
        .mergeIn(settings, true);
    List<TargetState> sorted = addresses.stream()
        .map(TargetState.class::cast)
        .sorted(Comparator.comparing(TargetState::host)
            .thenComparing(TargetState::address)
            .thenComparing(TargetState::port))
        .toList();
    return new UpstreamView(Upstream.decode(document), sorted);
  }

  /** The complete default settings of health checks: all of them off. A new object, to change at will. */
  public static JsonObject healthchecks() {
    return new JsonObject()
        .put("threshold", 0)
        .put("active", new JsonObject()
            .put("type", "http")
            .put("http_path", "/")
            .put("timeout", 1)
            .put("concurrency", 10)
            .put("https_verify_certificate", true)
            .put("healthy", new JsonObject()
                .put("interval", 0).put("successes", 0).put("http_statuses", statuses(200, 302)))
            .put("unhealthy", failures(429, 404, 500, 501, 502, 503, 504, 505).put("interval", 0)))
        .put("passive", new JsonObject()
            .put("type", "http")
            .put("healthy", new JsonObject()
                .put("successes", 0)
                .put("http_statuses", statuses(
                    200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 306, 307, 308)))
            .put("unhealthy", failures(429, 500, 503)));
  }

  private static JsonObject failures(int... statuses) {
    return new JsonObject()
        .put("http_failures", 0)
        .put("tcp_failures", 0)
        .put("timeouts", 0)
        .put("http_statuses", statuses(statuses));
  }

  private static JsonArray statuses(int... statuses) {
    return new JsonArray(new ArrayList<>(IntStream.of(statuses).boxed().toList()));
  }
}
