package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.routing.RouteChanges;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.RouteMatch;
import dev.sluice.api.routing.Router;
import dev.sluice.testkit.contract.RouteRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
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

/** The compiled router finds what asking every expression in its order finds, for any expressions and requests. */
final class ReferenceTest {

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void answersAsTheReference(
      @ForAll("routes") List<Tuple.Tuple2<Phrase, Integer>> phrases, @ForAll("requests") List<RouteRequest> requests) {
    List<RouteDefinition> routes = new ArrayList<>();
    List<RouteDefinition> before = new ArrayList<>();
    for (int i = 0; i < phrases.size(); i++) {
      RouteDefinition route = definition(phrases, i, phrases.get(i).get1());
      routes.add(route);
      before.add(i % 3 == 0 ? route : definition(phrases, i, phrases.get((i + 1) % phrases.size()).get1()));
    }
    ExpressionsRouterFactory factory = new ExpressionsRouterFactory();
    Router compiled = factory.compile(routes);
    Router grown = grown(factory, before, routes);
    for (RouteRequest request : requests) {
      String expected = expected(phrases, request);
      assertThat(winner(compiled, request)).as("%s", request).isEqualTo(expected);
      assertThat(winner(grown, request)).as("%s, of a router that has grown", request).isEqualTo(expected);
      assertThat(grown.select(request).map(RouteMatch::upstreamPath))
          .isEqualTo(compiled.select(request).map(RouteMatch::upstreamPath));
      Statistics.label("matched").collect(!expected.equals("-"));
    }
  }

  private static String winner(Router router, RouteRequest request) {
    return RouteFixture.winner(router, request);
  }

  private static RouteDefinition definition(List<Tuple.Tuple2<Phrase, Integer>> phrases, int i, Phrase phrase) {
    return RouteFixture.expression(id(i), phrase.text()).with("priority", phrases.get(i).get2()).definition();
  }

  private static String id(int i) {
    return String.format("%03d", i);
  }

  private static String expected(List<Tuple.Tuple2<Phrase, Integer>> phrases, RouteRequest request) {
    return IntStream.range(0, phrases.size())
        .boxed()
        .sorted(
            Comparator.comparing((Integer i) -> phrases.get(i).get2()).thenComparing(Comparator.naturalOrder()).reversed())
        .filter(i -> phrases.get(i).get1().test().test(request))
        .map(ReferenceTest::id)
        .findFirst()
        .orElse("-");
  }

  private static Router grown(ExpressionsRouterFactory factory, List<RouteDefinition> from, List<RouteDefinition> to) {
    List<RouteDefinition> now = new ArrayList<>(from);
    Router router = factory.compile(from);
    for (int i = 0; i < from.size(); i++) {
      RouteDefinition old = from.get(i);
      RouteDefinition next = to.get(i);
      if (!old.equals(next)) {
        now.set(i, next);
        List<RouteDefinition> all = List.copyOf(now);
        router = factory.compile(router, new RouteChanges(List.of(old), List.of(next), () -> all));
      }
    }
    return router;
  }

  /** Sometimes many, so that enough of them share host and path for the wide bucket to be used. */
  @Provide
  Arbitrary<List<Tuple.Tuple2<Phrase, Integer>>> routes() {
    Arbitrary<Integer> few = Arbitraries.integers().between(1, 8);
    Arbitrary<Integer> many = Arbitraries.integers().between(9, 50);
    Arbitrary<Tuple.Tuple2<Phrase, Integer>> one =
        Combinators.combine(Phrase.any(), Arbitraries.integers().between(0, 4)).as(Tuple::of);
    return Arbitraries.frequencyOf(Tuple.of(3, few), Tuple.of(1, many)).flatMap(count -> one.list().ofSize(count));
  }

  @Provide
  Arbitrary<List<RouteRequest>> requests() {
    return Combinators.combine(
            Arbitraries.of("a.test", "A.test", "b.a.test", "b.a.test:81", "other", ""),
            Arbitraries.of("/", "/a", "/A", "/a/b", "/a/b/", "/A/b/c", "/ab", "/b/a", "/c/12"),
            Arbitraries.of("GET", "PUT"),
            Arbitraries.of("1", "Two", "three").list().ofMaxSize(3),
            Arbitraries.of("", "1", "2").list().ofMaxSize(2),
            Arbitraries.of("10.0.0.1", "10.1.0.1", "fd00::1"),
            Arbitraries.of(true, false))
        .as(
            (host, path, method, header, query, client, tls) -> {
              RouteRequest request =
                  RouteRequest.get(host, path)
                      .withMethod(method)
                      .withHeaders(Map.of("x-a", header))
                      .withQuery(query.isEmpty() ? Map.of() : Map.of("q", query))
                      .from(client, 40_000);
              return tls ? request.withTls(Optional.of("s.test")) : request;
            })
        .list()
        .ofSize(8);
  }
}
