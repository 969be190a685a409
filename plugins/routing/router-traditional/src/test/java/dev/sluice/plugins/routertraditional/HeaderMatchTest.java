package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.Router;
import dev.sluice.testkit.contract.RouteRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.sluice.plugins.routertraditional.RouteFixture.compile;
import static dev.sluice.plugins.routertraditional.RouteFixture.route;
import static dev.sluice.plugins.routertraditional.RouteFixture.winner;
import static org.assertj.core.api.Assertions.assertThat;

final class HeaderMatchTest {

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void oneOfTheValuesHasToBeThereWhateverItsCase(Flavor flavor) {
    Router router = compile(flavor, route("r").header("X-Place", "us-East", "us-west"));

    assertThat(winner(router, with("x-place", "us-east"))).isEqualTo("r");
    assertThat(winner(router, with("x-place", "US-WEST"))).isEqualTo("r");
    assertThat(winner(router, with("x-place", "eu", "us-west"))).isEqualTo("r");
    assertThat(winner(router, with("x-place", "us-east, us-west"))).isEqualTo("-");
    assertThat(winner(router, with("x-place", ""))).isEqualTo("-");
    assertThat(winner(router, with("x-other", "us-east"))).isEqualTo("-");
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void allHeadersHaveToBeThereAndMoreOfThemWin(Flavor flavor) {
    Router router = compile(flavor, route("one").header("a", "1"), route("two").header("a", "1").header("b", "2"));

    assertThat(winner(router, RouteRequest.get("x.test", "/").withHeaders(Map.of("a", List.of("1")))))
        .isEqualTo("one");
    assertThat(
            winner(
                router,
                RouteRequest.get("x.test", "/").withHeaders(Map.of("a", List.of("1"), "b", List.of("2")))))
        .isEqualTo("two");
    assertThat(winner(router, with("b", "2"))).isEqualTo("-");
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void aRegularExpressionIsSoughtInTheValueInLowerCase(Flavor flavor) {
    Router router = compile(flavor, route("r").header("x-v", "~*^v[0-9]+$"), route("c").header("x-c", "~*foo|bar"));

    assertThat(winner(router, with("x-v", "V22"))).isEqualTo("r");
    assertThat(winner(router, with("x-v", "nine", "v9"))).isEqualTo("r");
    assertThat(winner(router, with("x-v", "xv1"))).isEqualTo("-");
    assertThat(winner(router, with("x-c", "xBARx"))).isEqualTo("c");
  }

  @Test
  void compatiblePutsTheExpressionInLowerCaseToo() {
    RouteFixture fixture = route("r").header("x-v", "~*^V1$");

    assertThat(winner(compile(Flavor.COMPATIBLE, fixture), with("x-v", "v1"))).isEqualTo("r");
    assertThat(winner(compile(Flavor.TRADITIONAL, fixture), with("x-v", "v1"))).isEqualTo("-");
  }

  @Test
  void traditionalTakesAnExpressionOnlyAsTheSoleValue() {
    RouteFixture fixture = route("r").header("x-v", "~*^v1$", "other");

    assertThat(winner(compile(Flavor.COMPATIBLE, fixture), with("x-v", "v1"))).isEqualTo("r");
    assertThat(winner(compile(Flavor.TRADITIONAL, fixture), with("x-v", "v1"))).isEqualTo("-");
    assertThat(winner(compile(Flavor.TRADITIONAL, fixture), with("x-v", "~*^V1$"))).isEqualTo("r");
    assertThat(winner(compile(Flavor.TRADITIONAL, route("r").header("x-v", "~*^(?=v)v1$")), with("x-v", "v1")))
        .isEqualTo("r");
  }

  private static RouteRequest with(String name, String... values) {
    return RouteRequest.get("x.test", "/").withHeaders(Map.of(name, List.of(values)));
  }
}
