package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.routing.RouteMatch;
import dev.sluice.api.routing.RouteMatch.Captures;
import dev.sluice.testkit.contract.RouteRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.sluice.plugins.routerexpressions.RouteFixture.compile;
import static dev.sluice.plugins.routerexpressions.RouteFixture.expression;
import static org.assertj.core.api.Assertions.assertThat;

final class MatchTest {

  @ParameterizedTest
  @CsvSource(delimiter = ';', quoteCharacter = '\'', value = {
    "http.path ^= \"/a\";/a/b;/svc/b;/a",
    "http.path == \"/a/b\";/a/b;/svc;/a/b",
    "http.path ~ \"^/a/\\\\d+\";/a/12/b;/svc/b;/a/12",
    "http.path ^= \"/\";/a/b;/svc/a/b;''",
    "http.method == \"GET\";/a/b;/svc/a/b;''",
    "http.path contains \"b\";/a/b;/svc/a/b;''",
    "lower(http.path) ^= \"/a\";/A/b;/svc/b;/a",
    "http.path ^= \"/a\" && http.path ^= \"/a/b\";/a/b/c;/svc/c;/a/b",
    "http.path ^= \"/x\" || http.path ^= \"/a/b\";/a/b/c;/svc/c;/a/b",
    "(http.path ^= \"/a\" && http.method == \"PUT\") || http.method == \"GET\";/a/b;/svc/b;/a",
    "http.path ^= \"/a\";/a../b;/svc/b;/a"
  })
  void stripsWhatOfThePathWasMatched(String expression, String path, String upstream, String stripped) {
    RouteMatch match = match(expression("r", expression).servicePath("/svc"), RouteRequest.get("x", path));
    assertThat(match.upstreamPath()).isEqualTo(upstream);
    assertThat(match.strippedPrefix()).isEqualTo(stripped);
  }

  @Test
  void keepsThePathWhereToldTo() {
    RouteFixture route = expression("r", "http.path ^= \"/a\"").servicePath("/svc").with("strip_path", false);
    RouteMatch match = match(route, RouteRequest.get("x", "/a/b"));
    assertThat(match.upstreamPath()).isEqualTo("/svc/a/b");
    assertThat(match.strippedPrefix()).isEmpty();
  }

  @Test
  void joinsPathsAsV0Alone() {
    RouteFixture route =
        RouteFixture.route("r").list("paths", "/a").with("path_handling", "v1").servicePath("/svc");
    assertThat(match(route, RouteRequest.get("x", "/ab")).upstreamPath()).isEqualTo("/svc/b");
  }

  @Test
  void capturesWhatRegularExpressionsMatch() {
    RouteRequest request =
        RouteRequest.get("x", "/u/12/edit").withHeaders(Map.of("x-v", List.of("version-3")));
    assertThat(match(expression("r", "http.path ~ r#\"^/u/(?P<id>\\d+)(/edit)?\"#"), request).captures())
        .isEqualTo(new Captures(List.of("12", "/edit"), Map.of("id", "12")));
    assertThat(match(expression("r", "http.path ~ r#\"/\\d+\"#"), request).captures()).isEqualTo(Captures.NONE);
    assertThat(
            match(
                    expression("r", "http.path ~ r#\"/(\\d+)/(\\w+)\"# && http.headers.x_v ~ r#\"(?<v>\\d)$\"#"),
                    request)
                .captures())
        .isEqualTo(new Captures(List.of("3", "edit"), Map.of("v", "3")));
  }

  private static RouteMatch match(RouteFixture route, RouteRequest request) {
    return compile(route).select(request).orElseThrow();
  }
}
