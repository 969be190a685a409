package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.RouteCandidate;
import dev.sluice.api.routing.RouteQuery;
import dev.sluice.api.routing.Router;
import dev.sluice.testkit.contract.RouteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.sluice.plugins.routertraditional.RouteFixture.compile;
import static dev.sluice.plugins.routertraditional.RouteFixture.route;
import static dev.sluice.plugins.routertraditional.RouteFixture.winner;
import static org.assertj.core.api.Assertions.assertThat;

/** What is told of routes is what happens: with the winner taken away the next one wins, and who misses something never does. */
class CandidatesTest {

  private static final int MOST = 20;
  private static final List<String> HOSTS = List.of("a.test", "*.test", "a.*", "a.test:81");
  private static final List<String> PATHS = List.of("/", "/a", "/a/b", "~/a/\\w+", "~/(?<x>[ab])");

  private static <T> T one(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static List<RouteFixture> routes(Random random) {
    List<RouteFixture> routes = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      RouteFixture route = route("r" + i).paths(one(random, PATHS), one(random, PATHS)).regexPriority(random.nextInt(2));
      if (random.nextBoolean()) {
        route.hosts(one(random, HOSTS));
      }
      if (random.nextInt(3) == 0) {
        route.methods("GET");
      }
      if (random.nextInt(3) == 0) {
        route.header("x-kind", one(random, List.of("one", "~*^t")));
      }
      if (random.nextInt(5) == 0) {
        route.snis("a.test");
      }
      routes.add(route.createdAt(random.nextInt(3)));
    }
    return routes;
  }

  private static RouteQuery request(Random random) {
    RouteRequest request = RouteRequest.get(one(random, List.of("a.test", "b.test", "a.test:81", "c")), one(random, List.of("/", "/a", "/a/b", "/c")));
    RouteRequest kind = random.nextBoolean() ? request : request.withHeaders(Map.of("x-kind", List.of("two")));
    return random.nextInt(3) == 0 ? kind.withMethod("POST") : kind;
  }

  private static String id(RouteCandidate candidate) {
    return candidate.definition().route().id();
  }

  @ParameterizedTest
  @EnumSource
  void theNextOneWinsWithoutTheWinner(Flavor flavor) {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      List<RouteFixture> left = routes(random);
      RouteQuery query = request(random);
      Router router = compile(flavor, left.toArray(RouteFixture[]::new));
      List<RouteCandidate> candidates = router.candidates(query, MOST);
      if (router.select(query).isEmpty()) {
        assertThat(candidates).as("seed %d", seed).allSatisfy(each -> assertThat(each.missed()).isNotEmpty());
        continue;
      }
      for (RouteCandidate candidate : candidates) {
        assertThat(candidate.missed()).isEmpty();
        Router rest = compile(flavor, left.toArray(RouteFixture[]::new));
        assertThat(winner(rest, query)).as("seed %d", seed).isEqualTo(id(candidate));
        left.removeIf(each -> each.decode().id().equals(id(candidate)));
      }
      assertThat(winner(compile(flavor, left.toArray(RouteFixture[]::new)), query)).as("seed %d", seed).isEqualTo("-");
    }
  }
}
