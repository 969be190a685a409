package dev.sluice.plugins.routertraditional;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.sluice.plugins.routertraditional.RouteFixture.compile;
import static dev.sluice.plugins.routertraditional.RouteFixture.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class RouteCheckTest {

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void namesAllThatIsWrong(Flavor flavor) {
    RouteFixture broken = route("r").hosts("a.*.b").paths("/ok", "~/a(", "~/[").header("x", "~*[");

    assertThat(check(flavor, broken))
        .hasSize(4)
        .anyMatch(problem -> problem.contains("a.*.b"))
        .anyMatch(problem -> problem.startsWith("invalid regex: '/a(' ("))
        .anyMatch(problem -> problem.startsWith("invalid regex: '/[' ("))
        .anyMatch(problem -> problem.startsWith("invalid regex in header 'x': "));
    assertThatThrownBy(() -> compile(flavor, broken)).hasMessageStartingWith("route r: ");
  }

  @Test
  void onlyCompatibleRefusesToLookAroundOrBack() {
    for (String path : List.of("~/(?!admin)", "~/(a)\\1")) {
      assertThat(check(Flavor.COMPATIBLE, route("r").paths(path))).hasSize(1);
      assertThat(check(Flavor.TRADITIONAL, route("r").paths(path))).isEmpty();
    }
  }

  @Test
  void onlyTraditionalRefusesWildcardServerNames() {
    assertThat(check(Flavor.COMPATIBLE, route("r").snis("*.a.test"))).isEmpty();
    assertThat(check(Flavor.TRADITIONAL, route("r").snis("*.a.test"))).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void hasNothingAgainstASoundRoute(Flavor flavor) {
    RouteFixture sound =
        route("r")
            .hosts("a.test", "*.b.test:81", "c.*", "[::1]:80")
            .paths("/", "~/(?<n>\\d+)/x$")
            .header("x", "~*^v\\d$")
            .snis("a.test")
            .methods("GET");

    assertThat(check(flavor, sound)).isEmpty();
  }

  private static List<String> check(Flavor flavor, RouteFixture route) {
    return new TraditionalRouterFactory(flavor).check(route.decode());
  }
}
