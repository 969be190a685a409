package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.RouteChanges;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.RouteMatch;
import dev.sluice.api.routing.Router;
import dev.sluice.testkit.contract.RouteRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

import static org.assertj.core.api.Assertions.assertThat;

/** The compiled router answers as the {@link ReferenceRouter} does, for any routes and requests. */
final class ReferenceRouterTest {

  private static final String[] HOSTS = {
    "a.test", "b.a.test", "a.test:80", "a.test:8000", "b.a.test:443", "*.test", "*.a.test", "*.a.test:80", "a.*",
    "b.a.*", "a.*:443", "b.*:8000"
  };

  private static final String[] PATHS = {
    "/", "/a", "/a/", "/a/b", "/a/bc", "/ab", "/x", "~/a/\\d+", "~/a|/x", "~/(?<part>[ab]+)/?", "~/.*b$", "~/a/b?c*",
    "~/(a)?(/b)?", "~/x\\.y", "~/[^/]+/(\\w)(\\w)?", "~/a{1,2}"
  };

  private static final String[] VALUES = {"1", "One", "two", "~*^on", "~*[0-9]", "~*^O"};

  @Property(tries = 2_500, edgeCases = EdgeCasesMode.NONE)
  void compatibleAnswersAsTheReference(@ForAll("routes") List<RouteFixture> routes,
      @ForAll("requests") List<RouteRequest> requests) {
    assertSame(Flavor.COMPATIBLE, routes, requests);
  }

  @Property(tries = 2_500, edgeCases = EdgeCasesMode.NONE)
  void traditionalAnswersAsTheReference(@ForAll("routes") List<RouteFixture> routes,
      @ForAll("requests") List<RouteRequest> requests) {
    assertSame(Flavor.TRADITIONAL, routes, requests);
  }

  private static void assertSame(Flavor flavor, List<RouteFixture> fixtures, List<RouteRequest> requests) {
    List<RouteDefinition> routes = new ArrayList<>();
    for (RouteFixture fixture : fixtures) {
      routes.add(fixture.definition());
    }
    TraditionalRouterFactory factory = new TraditionalRouterFactory(flavor);
    Router compiled = factory.compile(routes);
    Router grown = grown(factory, partlyOther(routes, fixtures), routes);
    Router reference = new ReferenceRouter(flavor == Flavor.TRADITIONAL, routes);
    for (RouteRequest request : requests) {
      Optional<RouteMatch> expected = reference.select(request);
      assertThat(compiled.select(request)).as("%s", request).isEqualTo(expected);
      assertThat(grown.select(request)).as("%s, of a router that has grown", request).isEqualTo(expected);
      Statistics.label("matched").collect(expected.isPresent());
    }
  }

  /** Routes go and come in several steps, as they do at the Admin API. */
  private static Router grown(TraditionalRouterFactory factory, List<RouteDefinition> from, List<RouteDefinition> to) {
    List<RouteDefinition> now = new ArrayList<>(from);
    Router router = factory.compile(from);
    List<RouteDefinition> gone = new ArrayList<>(from);
    gone.removeAll(to);
    List<RouteDefinition> come = new ArrayList<>(to);
    come.removeAll(from);
    for (int i = 0; i < Math.max(gone.size(), come.size()); i++) {
      List<RouteDefinition> less = i < gone.size() ? gone.subList(i, i + 1) : List.of();
      List<RouteDefinition> more = i < come.size() ? come.subList(i, i + 1) : List.of();
      now.removeAll(less);
      now.addAll(more);
      List<RouteDefinition> all = List.copyOf(now);
      router = factory.compile(router, new RouteChanges(less, more, () -> all));
    }
    return router;
  }

  /** What may have been before: some of the routes, some in other versions, and one that has gone. */
  private static List<RouteDefinition> partlyOther(List<RouteDefinition> routes, List<RouteFixture> fixtures) {
    List<RouteDefinition> before = new ArrayList<>();
    for (int i = 0; i < routes.size(); i++) {
      if (i % 3 == 0) {
        before.add(routes.get(i));
      } else if (i % 3 == 1) {
        before.add(fixtures.get(i).withId("route-" + i).methods("PURGE").definition());
      }
    }
    before.add(RouteFixture.route("gone").paths("/").createdAt(-1).definition());
    return before;
  }

  /** Sometimes many routes, so that enough of them share host and path for the wide bucket to be used. */
  @Provide
  Arbitrary<List<RouteFixture>> routes() {
    Arbitrary<Integer> few = Arbitraries.integers().between(1, 12);
    Arbitrary<Integer> many = Arbitraries.integers().between(13, 60);
    return Arbitraries.frequencyOf(Tuple.of(3, few), Tuple.of(1, many))
        .flatMap(count -> route().list().ofSize(count))
        .map(ReferenceRouterTest::withIds);
  }

  @Provide
  Arbitrary<List<RouteRequest>> requests() {
    return request().list().ofSize(10);
  }

  static Arbitrary<RouteFixture> route() {
    Arbitrary<String[]> hosts = some(HOSTS, 3, 0.5);
    Arbitrary<String[]> paths = some(PATHS, 4, 0.3);
    Arbitrary<String[]> methods = some(new String[] {"GET", "POST", "PURGE"}, 2, 0.7);
    Arbitrary<String[]> snis = some(new String[] {"s.test", "t.test", "*.s.test", "s.*"}, 2, 0.7);
    Arbitrary<Map<String, List<String>>> headers =
        Combinators.combine(some(new String[] {"X-One", "x-two"}, 2, 0.5), some(VALUES, 3, 0))
            .as(ReferenceRouterTest::headers);
    Arbitrary<String[]> protocols =
        Arbitraries.frequencyOf(
            Tuple.of(20, Arbitraries.of(new String[][] {{"http", "https"}, {"https"}, {"grpc"}})),
            Tuple.of(1, Arbitraries.of(new String[][] {{"tcp", "tls"}})));
    Arbitrary<RouteFixture> matched =
        Combinators.combine(hosts, paths, methods, snis, headers, protocols)
            .as(
                (host, path, method, sni, header, protocol) ->
                    RouteFixture.route("?")
                        .hosts(host)
                        .paths(path)
                        .methods(method)
                        .snis(sni)
                        .headers(header)
                        .protocols(protocol));
    return Combinators.combine(
            matched,
            Arbitraries.integers().between(0, 3),
            Arbitraries.longs().between(0, 2),
            Arbitraries.of("/", "/svc", "/svc/"),
            Arbitraries.of("v0", "v1"),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(0, 15))
        .as(
            (route, priority, created, base, handling, keeps, enabled) -> {
              RouteFixture full =
                  route.regexPriority(priority).createdAt(created).servicePath(base).pathHandling(handling);
              RouteFixture kept = keeps ? full.keepsPath() : full;
              return enabled == 0 ? kept.disabled() : kept;
            });
  }

  static Arbitrary<RouteRequest> request() {
    Arbitrary<String> path =
        Arbitraries.oneOf(
            Arbitraries.of("/", "/a", "/a/b", "/a/bcc", "/ab/", "/a/12", "/x", "/x.y", "/a/bc/b", "/a../b", "/aa"),
            Arbitraries.strings().withChars("ab/x1.").ofMaxLength(6).map(text -> "/" + text));
    Arbitrary<String> host =
        Arbitraries.of(
            "a.test", "b.a.test", "a.test:80", "a.test:8000", "b.a.test:443", "c.b.a.test", "c.a.test:80", "a.org",
            "a.org:443", "b.a.org", "b.org:8000", "other", "A.test", ".a.test", "a.", "");
    Arbitrary<Map<String, List<String>>> headers =
        Combinators.combine(
                Arbitraries.of("1", "ONE", "two", "x", "~*^on").list().ofMaxSize(2),
                Arbitraries.of("1", "One", "two").list().ofMaxSize(1))
            .as((one, two) -> Map.of("x-one", one, "x-two", two));
    return Combinators.combine(
            host,
            path,
            headers,
            Arbitraries.of("GET", "POST", "HEAD"),
            Arbitraries.of("", "", "s.test", "t.test", "a.s.test", "s.org"),
            Arbitraries.of(true, false),
            Arbitraries.of(8000, 443))
        .as(
            (name, asked, values, method, sni, tls, port) -> {
              RouteRequest plain =
                  RouteRequest.get(name, asked).withHeaders(values).withMethod(method).withLocalPort(port);
              return tls ? plain.withTls(Optional.of(sni).filter(given -> !given.isEmpty())) : plain;
            });
  }

  /** None of the values with some probability, else up to so many different ones. */
  private static Arbitrary<String[]> some(String[] values, int most, double none) {
    Arbitrary<String[]> any =
        Arbitraries.of(values).list().uniqueElements().ofMinSize(1).ofMaxSize(most).map(l -> l.toArray(String[]::new));
    Arbitrary<String[]> nothing = Arbitraries.create(() -> new String[0]);
    int outOfTen = (int) Math.round(none * 10);
    return outOfTen == 0
        ? any
        : Arbitraries.frequencyOf(
            Tuple.of(outOfTen, nothing), Tuple.of(10 - outOfTen, any));
  }

  private static Map<String, List<String>> headers(String[] names, String[] values) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      List<String> some = List.of(values).subList(Math.min(i, values.length - 1), values.length);
      headers.put(names[i], some);
    }
    return headers;
  }

  private static List<RouteFixture> withIds(List<RouteFixture> routes) {
    List<RouteFixture> named = new ArrayList<>();
    for (int i = 0; i < routes.size(); i++) {
      named.add(routes.get(i).withId("route-" + i));
    }
    return named;
  }
}
