package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.RouteChanges;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.Router;
import dev.sluice.testkit.contract.RouteRequest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple3;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * After any writes, one by one, a router answers as one that is compiled of the routes that there are then. Beside them
 * there are so many others that no write is worth compiling all anew.
 */
final class WritesTest {

  private static final int OTHERS = 600;
  private static final List<RouteDefinition> REST = IntStream.range(0, OTHERS).mapToObj(WritesTest::other).toList();
  private static final Map<Flavor, Router> ROUTERS = new EnumMap<>(Flavor.class);

  static {
    for (Flavor flavor : Flavor.values()) {
      ROUTERS.put(flavor, new TraditionalRouterFactory(flavor).compile(REST));
    }
  }

  /** All alike, of the kinds that the written ones are of: these come between them. */
  private static RouteDefinition other(int i) {
    RouteFixture route = RouteFixture.route("other-" + i).createdAt(i % 4).methods("OTHER");
    return switch (i % 4) {
      case 0 -> route.paths("/a" + "b".repeat(i % 7)).definition();
      case 1 -> route.hosts("h" + i + ".test", "a.test").paths("/o" + i).definition();
      case 2 -> route.paths("~/a/o" + i % 50).regexPriority(i % 3).definition();
      default -> route.hosts("*.h" + i + ".test").definition();
    };
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void answersAsOneCompiledAnew(
      @ForAll Flavor flavor,
      @ForAll("writes") List<Tuple3<Integer, Integer, RouteFixture>> writes,
      @ForAll("requests") List<RouteRequest> requests) {
    TraditionalRouterFactory factory = new TraditionalRouterFactory(flavor);
    Router grown = ROUTERS.get(flavor);
    List<RouteDefinition> now = new ArrayList<>(REST);
    int made = 0;
    for (Tuple3<Integer, Integer, RouteFixture> write : writes) {
      List<RouteDefinition> gone = new ArrayList<>();
      List<RouteDefinition> come = new ArrayList<>();
      String id = "route-" + made;
      if (write.get1() > 0 && now.size() > OTHERS) {
        RouteDefinition old = now.remove(OTHERS + write.get2() % (now.size() - OTHERS));
        gone.add(old);
        id = old.route().id();
      }
      if (write.get1() < 2) {
        come.add(write.get3().withId(id).definition());
        made++;
      }
      now.addAll(come);
      List<RouteDefinition> all = List.copyOf(now);
      grown = factory.compile(grown, new RouteChanges(gone, come, () -> all));
    }
    Router anew = factory.compile(now);
    for (RouteRequest request : requests) {
      assertThat(grown.select(request)).as("%s", request).isEqualTo(anew.select(request));
      assertThat(grown.candidates(request, 3)).as("%s", request).isEqualTo(anew.candidates(request, 3));
    }
  }

  /** What is to be done (make, replace, take away), with which of those that there are, and the route. */
  @Provide
  Arbitrary<List<Tuple3<Integer, Integer, RouteFixture>>> writes() {
    return Combinators.combine(
            Arbitraries.frequency(Tuple.of(5, 0), Tuple.of(3, 1), Tuple.of(2, 2)),
            Arbitraries.integers().between(0, 1000),
            ReferenceRouterTest.route())
        .as((kind, which, route) -> Tuple.of(kind, which, route))
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  @Provide
  Arbitrary<List<RouteRequest>> requests() {
    return ReferenceRouterTest.request().list().ofSize(8);
  }
}
