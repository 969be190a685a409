package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.Router;
import dev.sluice.testkit.contract.RouteRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.sluice.plugins.routertraditional.RouteFixture.compile;
import static dev.sluice.plugins.routertraditional.RouteFixture.route;
import static dev.sluice.plugins.routertraditional.RouteFixture.winner;
import static org.assertj.core.api.Assertions.assertThat;

final class SniMatchTest {

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void theServerNameHasToBeTheSameButForALastDot(Flavor flavor) {
    Router router = compile(flavor, route("a").snis("a.test"), route("dot").snis("dot.test."));

    assertThat(winner(router, tls("a.test"))).isEqualTo("a");
    assertThat(winner(router, tls("a.test."))).isEqualTo("a");
    assertThat(winner(router, tls("dot.test"))).isEqualTo("dot");
    assertThat(winner(router, tls("b.test"))).isEqualTo("-");
    assertThat(winner(router, RouteRequest.get("x.test", "/").withTls(Optional.empty()))).isEqualTo("-");
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void overPlainHttpItPlaysNoPart(Flavor flavor) {
    Router router = compile(flavor, route("sni").snis("a.test").paths("/a").protocols("https"));

    assertThat(winner(router, RouteRequest.get("x.test", "/a"))).isEqualTo("sni");
    assertThat(winner(router, RouteRequest.get("x.test", "/b"))).isEqualTo("-");
  }

  @Test
  void onlyCompatibleTakesWildcards() {
    RouteFixture[] routes = {route("left").snis("*.b.test"), route("right").snis("b.*")};
    Router router = compile(Flavor.COMPATIBLE, routes);

    assertThat(winner(router, tls("a.b.test"))).isEqualTo("left");
    assertThat(winner(router, tls("x.a.b.test."))).isEqualTo("left");
    assertThat(winner(router, tls("b.x"))).isEqualTo("right");
    assertThat(winner(router, tls("b.test"))).isEqualTo("right");
    assertThat(winner(router, tls("ab.test"))).isEqualTo("-");
    assertThat(winner(compile(Flavor.TRADITIONAL, routes), tls("a.b.test"))).isEqualTo("-");
  }

  private static RouteRequest tls(String sni) {
    return RouteRequest.get("x.test", "/").withTls(Optional.of(sni));
  }
}
