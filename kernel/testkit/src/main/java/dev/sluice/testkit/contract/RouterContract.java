package dev.sluice.testkit.contract;

import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.RouteMatch;
import dev.sluice.api.routing.Router;
import dev.sluice.api.routing.RouterFactory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What every router has to do, whatever its flavor. Extend it, and say which factory to test.
 *
 * <p>Routes are given by the classic fields, which every flavor understands.
 */
public abstract class RouterContract {

  /** How much slower 10,000 routes may be than 10: caches miss more often, but a scan would be a thousand times so. */
  private static final int ALLOWED_GROWTH = 25;

  private static final long ALLOWED_EXTRA_NANOS = 1_000;

  private static final int QUERIES = 500;

  private static final Duration MEASURING = Duration.ofSeconds(5);

  /** Makes the factory to test. */
  protected abstract RouterFactory factory();

  @Test
  void hasAFlavor() {
    assertThat(factory().flavor()).isNotBlank();
  }

  @Test
  void withoutRoutesNothingMatches() {
    assertThat(factory().compile(List.of()).select(RouteRequest.get("a.test", "/"))).isEmpty();
  }

  @Test
  void aRequestThatNoRouteWantsHasNoMatch() {
    Router router = factory().compile(List.of(byPath("r", "/a"), byHost("h", "a.test")));

    assertThat(router.select(RouteRequest.get("b.test", "/b"))).isEmpty();
    assertThat(router.select(RouteRequest.get("", "/"))).isEmpty();
  }

  @Test
  void aMatchHoldsTheRouteItWasCompiledFrom() {
    RouteDefinition wanted = byPath("wanted", "/a");
    Router router = factory().compile(List.of(byPath("other", "/b"), wanted));

    assertThat(router.select(RouteRequest.get("x.test", "/a/b")))
        .hasValueSatisfying(
            match -> {
              assertThat(match.definition()).isSameAs(wanted);
              assertThat(match.upstreamPath()).isEqualTo("/service/b");
              assertThat(match.strippedPrefix()).isEqualTo("/a");
              assertThat(match.captures()).isEqualTo(RouteMatch.Captures.NONE);
            });
  }

  @Test
  void capturesWhatTheGroupsOfARegularExpressionMatch() {
    Router router = factory().compile(List.of(byPath("r", "~/u/(?<id>\\d+)(/edit)?")));

    assertThat(router.select(RouteRequest.get("x.test", "/u/12")))
        .hasValueSatisfying(
            match ->
                assertThat(match.captures())
                    .isEqualTo(new RouteMatch.Captures(List.of("12", ""), Map.of("id", "12"))));
  }

  @Test
  void routesOfADisabledServiceAreLeftOut() {
    JsonObject route = new JsonObject().put("id", "r").put("paths", new JsonArray().add("/a"));
    Router router = factory().compile(List.of(define(route, service().put("enabled", false))));

    assertThat(router.select(RouteRequest.get("x.test", "/a"))).isEmpty();
  }

  @Test
  void aRouteWithoutServiceMatches() {
    JsonObject route = new JsonObject().put("id", "r").put("paths", new JsonArray().add("/a"));
    Router router = factory().compile(List.of(RouteDefinition.of(decode(route), Optional.empty())));

    assertThat(router.select(RouteRequest.get("x.test", "/a"))).isPresent();
  }

  @Test
  void aRouteThatCannotBeCompiledIsNamedAndFoundBeforehand() {
    RouteDefinition broken = byPath("broken-one", "~/a(");

    assertThatThrownBy(() -> factory().compile(List.of(broken)))
        .isInstanceOf(RuntimeException.class)
        .hasMessageContaining("broken-one");
    assertThat(factory().check(broken.route())).isNotEmpty();
    assertThat(factory().check(byPath("sound", "~/a(b)?").route())).isEmpty();
  }

  @Test
  void theOrderOfTheListDoesNotMatter() {
    List<RouteDefinition> routes = new ArrayList<>(mixedRoutes());
    Router first = factory().compile(routes);
    Random random = new Random(1);
    for (int i = 0; i < 10; i++) {
      Collections.shuffle(routes, random);
      Router shuffled = factory().compile(routes);
      for (RouteRequest query : mixedQueries()) {
        assertThat(shuffled.select(query)).isEqualTo(first.select(query));
      }
    }
  }

  @Test
  void manyThreadsGetTheSameAnswersAsOne() throws Exception {
    Router router = factory().compile(mixedRoutes());
    List<RouteRequest> queries = mixedQueries();
    List<Optional<RouteMatch>> expected = queries.stream().map(router::select).toList();
    assertThat(expected).anyMatch(Optional::isPresent).anyMatch(Optional::isEmpty);

    Callable<Integer> work =
        () -> {
          int wrong = 0;
          for (int round = 0; round < 2_000; round++) {
            int which = round % queries.size();
            wrong += router.select(queries.get(which)).equals(expected.get(which)) ? 0 : 1;
          }
          return wrong;
        };
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<Integer> wrong : threads.invokeAll(Collections.nCopies(8, work))) {
        assertThat(wrong.get()).isZero();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void tenThousandPrefixesCostAboutAsMuchAsTen() {
    assertGrowth(
        i -> byPath("r" + i, "/api/v1/item-" + i + "/"),
        i -> RouteRequest.get("x.test", "/api/v1/item-" + i + "/sub"));
  }

  @Test
  void tenThousandHostsCostAboutAsMuchAsTen() {
    assertGrowth(
        i -> byHost("r" + i, "host-" + i + ".test"), i -> RouteRequest.get("host-" + i + ".test", "/some/path"));
  }

  /** Compares the best times of many short runs, taken in turn: other load on the machine cannot add to both. */
  private void assertGrowth(IntFunction<RouteDefinition> route, IntFunction<RouteRequest> query) {
    Router small = factory().compile(IntStream.range(0, 10).mapToObj(route).toList());
    Router large = factory().compile(IntStream.range(0, 10_000).mapToObj(route).toList());
    List<RouteRequest> fewQueries = IntStream.range(0, QUERIES).mapToObj(i -> query.apply(i % 10)).toList();
    List<RouteRequest> manyQueries =
        IntStream.range(0, QUERIES).mapToObj(i -> query.apply(i * 7_919 % 10_000)).toList();
    long fewNanos = Long.MAX_VALUE;
    long manyNanos = Long.MAX_VALUE;
    long deadline = System.nanoTime() + MEASURING.toNanos();
    for (int run = 0; run == 0 || (run < 200 && System.nanoTime() < deadline); run++) {
      fewNanos = Math.min(fewNanos, nanosEach(small, fewQueries));
      manyNanos = Math.min(manyNanos, nanosEach(large, manyQueries));
    }
    assertThat(manyNanos)
        .as("nanoseconds a request with 10,000 routes; with 10: %d", fewNanos)
        .isLessThanOrEqualTo(fewNanos * ALLOWED_GROWTH + ALLOWED_EXTRA_NANOS);
  }

  private static long nanosEach(Router router, List<RouteRequest> queries) {
    long start = System.nanoTime();
    int found = 0;
    for (RouteRequest query : queries) {
      found += router.select(query).isPresent() ? 1 : 0;
    }
    long nanos = System.nanoTime() - start;
    assertThat(found).isEqualTo(queries.size());
    return nanos / queries.size();
  }

  private static List<RouteDefinition> mixedRoutes() {
    List<RouteDefinition> routes = new ArrayList<>();
    for (String path : List.of("/", "/a", "/a/b", "/ab", "~/n/(\\d+)", "~/n/(?<word>[a-z]+)")) {
      routes.add(byPath("path " + path, path));
      routes.add(define(field("id", "both " + path).put("hosts", list("h.test")).put("paths", list(path)), service()));
    }
    routes.add(byHost("plain", "only.test"));
    routes.add(byHost("wild", "*.wild.test"));
    routes.add(define(field("id", "method").put("methods", list("PURGE")), service()));
    return routes;
  }

  private static List<RouteRequest> mixedQueries() {
    List<RouteRequest> queries = new ArrayList<>();
    for (String host : List.of("h.test", "x.test", "only.test", "a.wild.test", "h.test:8080")) {
      for (String path : List.of("/", "/a", "/a/b/c", "/abc", "/n/12", "/n/word/x", "/zzz")) {
        queries.add(RouteRequest.get(host, path));
      }
    }
    queries.add(RouteRequest.get("x.test", ""));
    return queries;
  }

  private static RouteDefinition byPath(String id, String path) {
    return define(field("id", id).put("paths", list(path)), service());
  }

  private static RouteDefinition byHost(String id, String host) {
    return define(field("id", id).put("hosts", list(host)), service());
  }

  private static JsonObject field(String name, String value) {
    return new JsonObject().put(name, value);
  }

  private static JsonArray list(String value) {
    return new JsonArray().add(value);
  }

  /** A service document with the path {@code /service}. */
  protected static JsonObject service() {
    return new JsonObject()
        .put("id", "service")
        .put("protocol", "http")
        .put("host", "127.0.0.1")
        .put("port", 80)
        .put("path", "/service")
        .put("enabled", true);
  }

  /** Decodes a route and its service; protocols are http and https unless they are given. */
  protected static RouteDefinition define(JsonObject route, JsonObject service) {
    return RouteDefinition.of(decode(route), Optional.of(Service.decode(service)));
  }

  private static Route decode(JsonObject route) {
    JsonArray protocols = new JsonArray().add("http").add("https");
    return Route.decode(new JsonObject().put("protocols", protocols).mergeIn(route));
  }
}
