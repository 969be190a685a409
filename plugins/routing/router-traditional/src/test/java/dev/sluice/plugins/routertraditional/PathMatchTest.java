package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.RouteMatch;
import dev.sluice.api.routing.RouteMatch.Captures;
import dev.sluice.api.routing.Router;
import dev.sluice.testkit.contract.RouteRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.sluice.plugins.routertraditional.RouteFixture.compile;
import static dev.sluice.plugins.routertraditional.RouteFixture.route;
import static dev.sluice.plugins.routertraditional.RouteFixture.winner;
import static org.assertj.core.api.Assertions.assertThat;

final class PathMatchTest {

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void aPrefixIsTextAndNoSegment(Flavor flavor) {
    Router router = compile(flavor, route("a").paths("/a"), route("tail").paths("/tail/"));

    assertThat(winners(router, "/a", "/a/", "/ab", "/a/b", "/A", "/", "/b/a")).containsExactly("a", "a", "a", "a", "-",
        "-", "-");
    assertThat(winners(router, "/tail", "/tail/", "/tail/x")).containsExactly("-", "tail", "tail");
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void theLongestPrefixWins(Flavor flavor) {
    Router router =
        compile(flavor, route("a").paths("/a"), route("abc").paths("/a/b/c", "/z"), route("ab").paths("/a/b"));

    assertThat(winners(router, "/a/x", "/a/b", "/a/bx", "/a/b/c/d", "/z/1")).containsExactly("a", "ab", "ab", "abc",
        "abc");
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void theLongestOfARoutesPathsIsStripped(Flavor flavor) {
    Router router = compile(flavor, route("r").paths("/", "/v1", "/v1/users", "~/re/(\\d+)"));

    assertThat(match(router, "/v1/users/7").upstreamPath()).isEqualTo("/7");
    assertThat(match(router, "/v1/users/7").strippedPrefix()).isEqualTo("/v1/users");
    assertThat(match(router, "/v1/x").strippedPrefix()).isEqualTo("/v1");
    assertThat(match(router, "/re/12/sub").upstreamPath()).isEqualTo("/sub");
    assertThat(match(router, "/re/12/sub").strippedPrefix()).isEqualTo("/re/12");
    assertThat(match(router, "/re/x").upstreamPath()).isEqualTo("/re/x");
    assertThat(match(router, "/re/x").strippedPrefix()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void aRegularExpressionIsAnchoredAtTheStartAlone(Flavor flavor) {
    Router router = compile(flavor, route("r").paths("~/p/\\d+"), route("end").paths("~/q/\\w+$"));

    assertThat(winners(router, "/p/1", "/p/12/x", "/x/p/1", "/p/x")).containsExactly("r", "r", "-", "-");
    assertThat(winners(router, "/q/a", "/q/a/")).containsExactly("end", "-");
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void groupsAreCaptured(Flavor flavor) {
    Router router = compile(flavor, route("r").paths("~/u/(?<id>\\d+)(?:/(?<verb>edit))?").keepsPath());

    assertThat(match(router, "/u/7").captures())
        .isEqualTo(new Captures(List.of("7", ""), Map.of("id", "7", "verb", "")));
    assertThat(match(router, "/u/7/edit").captures().named()).isEqualTo(Map.of("id", "7", "verb", "edit"));
    assertThat(match(router, "/u/7/edit").upstreamPath()).isEqualTo("/u/7/edit");
    assertThat(match(router, "/u/7/edit").strippedPrefix()).isEmpty();
  }

  @Test
  void traditionalLooksAroundAndBack() {
    Router router = compile(Flavor.TRADITIONAL, route("r").paths("~/(?!admin)(?<any_name>\\w+)/\\1"));

    assertThat(match(router, "/a/a/b").captures().named()).isEqualTo(Map.of("any_name", "a"));
    assertThat(winners(router, "/admin/admin", "/a/b")).containsExactly("-", "-");
  }

  @Test
  void onlyTraditionalHandlesPathsAsV1() {
    RouteFixture fixture = route("r").paths("/rt").servicePath("/svc").keepsPath().pathHandling("v1");

    assertThat(match(compile(Flavor.TRADITIONAL, fixture), "/rt").upstreamPath()).isEqualTo("/svcrt");
    assertThat(match(compile(Flavor.COMPATIBLE, fixture), "/rt").upstreamPath()).isEqualTo("/svc/rt");
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void methodsAreExact(Flavor flavor) {
    Router router = compile(flavor, route("r").methods("GET", "PURGE"));

    assertThat(winner(router, RouteRequest.get("x.test", "/"))).isEqualTo("r");
    assertThat(winner(router, RouteRequest.get("x.test", "/").withMethod("PURGE"))).isEqualTo("r");
    assertThat(winner(router, RouteRequest.get("x.test", "/").withMethod("HEAD"))).isEqualTo("-");
    assertThat(winner(router, RouteRequest.get("x.test", "/").withMethod("get"))).isEqualTo("-");
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void someRoutesDoNotServeRequests(Flavor flavor) {
    Router router =
        compile(
            flavor,
            route("disabled").paths("/a").disabled(),
            route("stream").snis("a.test").protocols("tls"),
            route("passthrough").snis("a.test").protocols("tls_passthrough"),
            route("asks nothing"));

    assertThat(winners(router, "/a", "/")).containsExactly("-", "-");
  }

  private static List<String> winners(Router router, String... paths) {
    return Stream.of(paths).map(path -> winner(router, RouteRequest.get("x.test", path))).toList();
  }

  private static RouteMatch match(Router router, String path) {
    return router.select(RouteRequest.get("x.test", path)).orElseThrow();
  }
}
