package dev.sluice.plugins.routertraditional;

import dev.sluice.testkit.contract.RouteRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.sluice.plugins.routertraditional.RouteFixture.compile;
import static dev.sluice.plugins.routertraditional.RouteFixture.route;
import static dev.sluice.plugins.routertraditional.RouteFixture.winner;
import static org.assertj.core.api.Assertions.assertThat;

/** Which of two routes that both match wins. The loser always has all that counts less in its favor. */
final class OrderTest {

  private static final RouteRequest REQUEST =
      RouteRequest.get("a.test:80", "/p/1")
          .withHeaders(Map.of("x", List.of("1"), "y", List.of("2"), "z", List.of("3")))
          .withTls(Optional.of("a.test"));

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void moreAttributesBeatAllElse(Flavor flavor) {
    assertBeats(flavor, route("w").methods("GET").snis("a.test"), older("l").hosts("a.test"));
    assertBeats(flavor, route("w").hosts("*.test").paths("/"), older("l").hosts("a.test"));
    assertBeats(flavor, route("w").methods("GET").paths("/"), older("l").paths("~/p/\\d").regexPriority(9));
  }

  @Test
  void traditionalRanksTheSetOfAttributes() {
    Flavor flavor = Flavor.TRADITIONAL;
    assertBeats(flavor, route("w").hosts("*.test"), older("l").header("x", "1").header("y", "2"));
    assertBeats(flavor, route("w").header("x", "1"), older("l").paths("~/p/\\d"));
    assertBeats(flavor, route("w").paths("/"), older("l").methods("GET"));
    assertBeats(flavor, route("w").methods("GET"), older("l").snis("a.test"));
    assertBeats(flavor, route("w").hosts("*.test").methods("GET"), older("l").paths("/p").header("x", "1"));
  }

  @Test
  void compatibleDoesNotRankTheSetOfAttributes() {
    Flavor flavor = Flavor.COMPATIBLE;
    assertBeats(flavor, route("w").header("x", "1"), older("l").hosts("*.test"));
    assertBeats(flavor, route("w").hosts("a.test"), older("l").header("x", "1").header("y", "2"));
    assertBeats(flavor, route("w").header("x", "1").methods("GET"), older("l").hosts("*.test").methods("GET"));
    assertBeats(flavor, older("w").methods("GET"), route("l").hosts("*.test"));
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void plainHostsBeatWildcards(Flavor flavor) {
    assertBeats(flavor, route("w").hosts("a.test").paths("/"), older("l").hosts("*.test").paths("~/p/\\d"));
    assertBeats(flavor, route("w").hosts("a.test"), older("l").hosts("a.test", "*.other"));
  }

  @Test
  void traditionalPutsAWildcardWithPortFirst() {
    assertBeats(Flavor.TRADITIONAL, route("w").hosts("*.test:80"), older("l").hosts("a.test:80"));
    assertBeats(Flavor.COMPATIBLE, route("w").hosts("a.test"), older("l").hosts("*.test:80"));
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void aRegularExpressionBeatsAPrefix(Flavor flavor) {
    assertBeats(flavor, route("w").paths("~/p"), older("l").paths("/p/1").regexPriority(100));
  }

  @Test
  void theFlavorsDisagreeWhetherHeadersOrARegularExpressionComeFirst() {
    RouteFixture headers = route("headers").paths("/p").header("x", "1").header("y", "2");
    RouteFixture regex = route("regex").paths("~/p").header("x", "1");

    assertBeats(Flavor.COMPATIBLE, headers, regex);
    assertBeats(Flavor.TRADITIONAL, regex, headers);
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void moreHeadersBeatALongerPath(Flavor flavor) {
    assertBeats(
        flavor, route("w").paths("/").header("x", "1").header("y", "2"), older("l").paths("/p/1").header("x", "1"));
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void regexPriorityOrdersExpressions(Flavor flavor) {
    assertBeats(flavor, route("w").paths("~/p").regexPriority(1), older("l").paths("~/p/\\d"));
    assertBeats(flavor, route("w").paths("~/p"), older("l").paths("~/p/\\d").regexPriority(-1));
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void thenTheLongerPrefixWins(Flavor flavor) {
    assertBeats(flavor, route("w").paths("/p/"), older("l").paths("/p"));
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void thenTheOlderRouteWins(Flavor flavor) {
    assertBeats(flavor, older("w").hosts("*.test"), route("l").hosts("a.*"));
    assertBeats(flavor, older("z").paths("~/p/.*"), route("a").paths("~/p/\\d"));
    assertBeats(flavor, route("a").paths("/p"), route("b").paths("/p"));
  }

  private static RouteFixture older(String id) {
    return route(id).createdAt(-1);
  }

  private static void assertBeats(Flavor flavor, RouteFixture winner, RouteFixture loser) {
    String id = winner.decode().id();
    assertThat(winner(compile(flavor, loser), REQUEST)).isEqualTo(loser.decode().id());
    assertThat(winner(compile(flavor, winner, loser), REQUEST)).isEqualTo(id);
    assertThat(winner(compile(flavor, loser, winner), REQUEST)).isEqualTo(id);
  }
}
