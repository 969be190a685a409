package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.routing.RouteChanges;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.Router;
import dev.sluice.testkit.contract.RouteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * After any writes, one by one, a router answers as one that is compiled of the routes that there are then. Beside them
 * there are so many others that no write is worth compiling all anew.
 */
final class WritesTest {

  private static final int OTHERS = 600;
  private static final List<RouteDefinition> REST = IntStream.range(0, OTHERS).mapToObj(WritesTest::other).toList();
  private static final ExpressionsRouterFactory FACTORY = new ExpressionsRouterFactory();
  private static final Router ROUTER = FACTORY.compile(REST);

  /**
   * A write.
   *
   * @param kind 0 makes a route, 1 replaces one, 2 takes one away
   * @param which of those that there are
   */
  private record Write(int kind, int which, Phrase phrase, int priority, boolean classic) {

    RouteDefinition definition(String id) {
      RouteFixture route =
          classic
              ? RouteFixture.route(id).list("paths", "/a", "~/a/.*", "/a/b").with("created_at", priority)
              : RouteFixture.expression(id, phrase.text()).with("priority", priority);
      return route.definition();
    }
  }

  private static RouteDefinition other(int i) {
    String expression =
        switch (i % 3) {
          case 0 -> "http.path ^= \"/a\" && http.method == \"OTHER\" && http.headers.x_a == \"" + i + "\"";
          case 1 -> "http.host == \"h" + i + ".test\" && http.path == \"/o\"";
          default -> "http.path ~ \"^/o" + i + "\"";
        };
    return RouteFixture.expression("other-" + i, expression).with("priority", i % 5).definition();
  }

  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void answersAsOneCompiledAnew(@ForAll("writes") List<Write> writes, @ForAll("requests") List<RouteRequest> requests) {
    Router grown = ROUTER;
    List<RouteDefinition> now = new ArrayList<>(REST);
    int made = 0;
    for (Write write : writes) {
      List<RouteDefinition> gone = new ArrayList<>();
      List<RouteDefinition> come = new ArrayList<>();
      String id = "route-" + made++;
      if (write.kind() > 0 && now.size() > OTHERS) {
        RouteDefinition old = now.remove(OTHERS + write.which() % (now.size() - OTHERS));
        gone.add(old);
        id = old.route().id();
      }
      if (write.kind() < 2) {
        come.add(write.definition(id));
      }
      now.addAll(come);
      List<RouteDefinition> all = List.copyOf(now);
      grown = FACTORY.compile(grown, new RouteChanges(gone, come, () -> all));
    }
    Router anew = FACTORY.compile(now);
    for (RouteRequest request : requests) {
      assertThat(grown.select(request)).as("%s", request).isEqualTo(anew.select(request));
      assertThat(grown.candidates(request, 3)).as("%s", request).isEqualTo(anew.candidates(request, 3));
    }
  }

  @Provide
  Arbitrary<List<Write>> writes() {
    return Combinators.combine(
            Arbitraries.frequency(Tuple.of(5, 0), Tuple.of(3, 1), Tuple.of(2, 2)),
            Arbitraries.integers().between(0, 1000),
            Phrase.any(),
            Arbitraries.integers().between(0, 4),
            Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true)))
        .as(Write::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  @Provide
  Arbitrary<List<RouteRequest>> requests() {
    return new ReferenceTest().requests();
  }
}
