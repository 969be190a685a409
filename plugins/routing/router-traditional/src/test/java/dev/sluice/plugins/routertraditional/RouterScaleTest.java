package dev.sluice.plugins.routertraditional;

import com.sun.management.ThreadMXBean;
import dev.sluice.api.request.Headers;
import dev.sluice.api.routing.RouteChanges;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.RouteQuery;
import dev.sluice.api.routing.Router;
import dev.sluice.testkit.contract.RouteRequest;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.sluice.plugins.routertraditional.RouteFixture.route;
import static dev.sluice.plugins.routertraditional.RouteFixture.winner;
import static org.assertj.core.api.Assertions.assertThat;

/** With 10,000 routes a request is compared with few of them, and leaves next to nothing behind. */
final class RouterScaleTest {

  private static final int ROUTES = 10_000;

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void byPrefix(Flavor flavor) {
    assertFewAsked(flavor, i -> route("").paths("/shop/item-" + i), i -> get("x.test", "/shop/item-" + i));
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void byPrefixBehindOneHost(Flavor flavor) {
    assertFewAsked(
        flavor,
        i -> route("").hosts("x.test").paths("/shop/item-" + i + "/"),
        i -> get("x.test", "/shop/item-" + i + "/"));
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void byHost(Flavor flavor) {
    assertFewAsked(flavor, i -> route("").hosts("h" + i + ".test"), i -> get("h" + i + ".test:8080", "/"));
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void byWildcardHost(Flavor flavor) {
    assertFewAsked(flavor, i -> route("").hosts("*.h" + i + ".test"), i -> get("a.b.h" + i + ".test", "/"));
    assertFewAsked(flavor, i -> route("").hosts("h" + i + ".*"), i -> get("h" + i + ".b.test", "/"));
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void byRegularExpressionsThatBeginInDifferentWays(Flavor flavor) {
    assertFewAsked(
        flavor, i -> route("").paths("~/v" + i + "/(?<id>\\d+)$"), i -> get("x.test", "/v" + i + "/" + i));
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void byValueOfAHeader(Flavor flavor) {
    assertFewAsked(
        flavor,
        i -> route("").header("x-same", "1").header("X-Tenant", "t" + i),
        i -> get("x.test", "/").withHeaders(Map.of("x-same", List.of("1"), "x-tenant", List.of("T" + i))));
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void byServerName(Flavor flavor) {
    assertFewAsked(
        flavor,
        i -> route("").snis("s" + i + ".test"),
        i -> get("x.test", "/").withTls(Optional.of("s" + i + ".test")));
  }

  @Test
  void aRequestWithoutMatchAllocatesNothing() {
    assertThat(bytesEach(router(Flavor.COMPATIBLE), get("other.test:80", "/nothing/here"))).isZero();
  }

  @Test
  void aMatchAllocatesTheAnswerAlone() {
    // An Optional and a RouteMatch; the path goes upstream as it came.
    assertThat(bytesEach(router(Flavor.COMPATIBLE), get("a.b.wild.test", "/keep/this"))).isLessThanOrEqualTo(64);
    // And a rest of the path.
    assertThat(bytesEach(router(Flavor.TRADITIONAL), get("x.test", "/strip/this"))).isLessThanOrEqualTo(128);
  }

  /** To copy a list of all rules alone would take 144 KB more. */
  @ParameterizedTest
  @EnumSource(Flavor.class)
  void aWriteCopiesNextToNothing(Flavor flavor) {
    assertThat(bytesOfAWrite(flavor, 20_000)).isLessThan(bytesOfAWrite(flavor, 2_000) + 30_000);
  }

  private static long bytesOfAWrite(Flavor flavor, int count) {
    TraditionalRouterFactory factory = new TraditionalRouterFactory(flavor);
    List<RouteDefinition> routes =
        IntStream.range(0, count)
            .mapToObj(i -> route("r" + i).paths("/item-" + i, "~/x" + i + "/\\d+").createdAt(i).definition())
            .toList();
    Router before = factory.compile(routes);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      RouteDefinition gone = routes.get(count / 20 * i);
      RouteDefinition come = route("new").paths("/new-" + i).createdAt(count).definition();
      long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      Router after = factory.compile(before, new RouteChanges(List.of(gone), List.of(come), List::of));
      least = Math.min(least, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - bytes);
      assertThat(winner(after, get("x.test", "/new-" + i))).isEqualTo("new");
      assertThat(winner(after, get("x.test", gone.route().paths().get(0)))).isNotEqualTo(gone.route().id());
    }
    return least;
  }

  private static Router router(Flavor flavor) {
    return RouteFixture.compile(
        flavor,
        route("a").hosts("a.test", "*.wild.test").methods("GET").keepsPath(),
        route("b").paths("/strip", "/strip/that"),
        route("c").hosts("b.*:81"));
  }

  private static void assertFewAsked(Flavor flavor, IntFunction<RouteFixture> routes, IntFunction<RouteRequest> query) {
    Router router =
        RouteFixture.compile(
            flavor,
            IntStream.range(0, ROUTES)
                .mapToObj(i -> routes.apply(i).withId("r" + i).methods("GET"))
                .toArray(RouteFixture[]::new));
    for (int i = 0; i < ROUTES; i += 997) {
      CountingQuery counting = new CountingQuery(query.apply(i));
      assertThat(winner(router, counting)).isEqualTo("r" + i);
      assertThat(counting.asked).isLessThanOrEqualTo(8);
    }
    CountingQuery missing = new CountingQuery(get("missing.x", "/missing").withTls(Optional.of("missing.x")));
    assertThat(winner(router, missing)).isEqualTo("-");
    assertThat(missing.asked).isZero();
  }

  private static RouteRequest get(String host, String path) {
    return RouteRequest.get(host, path);
  }

  private static long bytesEach(Router router, RouteRequest query) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    int rounds = 20_000;
    int found = 0;
    long least = Long.MAX_VALUE;
    for (int run = 0; run < 5; run++) {
      long before = threads.getThreadAllocatedBytes(id);
      for (int i = 0; i < rounds; i++) {
        found += router.select(query).isPresent() ? 1 : 0;
      }
      least = Math.min(least, (threads.getThreadAllocatedBytes(id) - before) / rounds);
    }
    assertThat(found).isIn(0, rounds * 5);
    return least;
  }

  /** Every rule that is asked asks for the method first. */
  private static final class CountingQuery implements RouteQuery {

    private final RouteRequest request;
    private int asked;

    CountingQuery(RouteRequest request) {
      this.request = request;
    }

    @Override
    public String method() {
      asked++;
      return request.method();
    }

    @Override
    public String scheme() {
      return request.scheme();
    }

    @Override
    public String host() {
      return request.host();
    }

    @Override
    public int localPort() {
      return request.localPort();
    }

    @Override
    public String path() {
      return request.path();
    }

    @Override
    public Headers headers() {
      return request.headers();
    }

    @Override
    public Optional<String> sni() {
      return request.sni();
    }
  }
}
