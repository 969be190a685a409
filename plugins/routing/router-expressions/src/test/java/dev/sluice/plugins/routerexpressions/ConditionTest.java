package dev.sluice.plugins.routerexpressions;

import dev.sluice.testkit.contract.RouteRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static dev.sluice.plugins.routerexpressions.RouteFixture.compile;
import static dev.sluice.plugins.routerexpressions.RouteFixture.expression;
import static dev.sluice.plugins.routerexpressions.RouteFixture.winner;
import static org.assertj.core.api.Assertions.assertThat;

final class ConditionTest {

  private static final RouteRequest GET = RouteRequest.get("a.test:81", "/Foo/bar");

  @Test
  void comparesTexts() {
    holds(GET, "http.path == \"/Foo/bar\"", "http.path != \"/foo/bar\"", "http.path ^= \"/Foo\"");
    holds(GET, "http.path =^ \"bar\"", "http.path contains \"o/b\"", "http.path ~ \"o+/b\"", "http.path ^= \"\"");
    holds(GET, "lower(http.path) == \"/foo/bar\"", "lower(http.path) ~ \"^/foo\"", "http.method == \"GET\"");
    fails(GET, "http.path == \"/foo/bar\"", "http.path ^= \"/foo\"", "http.path =^ \"ba\"", "http.path ~ \"^o\"");
    fails(GET, "lower(http.path) == \"/Foo/bar\"", "http.path contains \"O/b\"", "http.method == \"get\"");
  }

  @Test
  void joinsConditions() {
    holds(GET, "!(http.path == \"/\")", "http.path == \"/\" || http.method == \"GET\"");
    holds(GET, "http.method == \"GET\" && http.path == \"/\" || http.path ^= \"/\"");
    fails(GET, "http.method == \"PUT\" && http.path == \"/\" || http.path ^= \"/\"");
    fails(GET, "http.path ^= \"/\" && http.path == \"/\"", "!(http.path ^= \"/\")");
  }

  @Test
  void theHostHasNoPort() {
    holds(GET, "http.host == \"a.test\"", "net.dst.port == 81", "net.dst.port > 80 && net.dst.port < 82");
    holds(RouteRequest.get("a.test", "/"), "net.dst.port == 8000", "net.dst.port != 81", "http.host =^ \".test\"");
    holds(RouteRequest.get("[::1]:81", "/"), "http.host == \"[::1]\"", "net.dst.port == 81");
    fails(RouteRequest.get("", "/"), "http.host == \"\"", "http.host != \"x\"");
    fails(GET, "http.host == \"a.test:81\"", "http.host == \"A.test\"");
  }

  @Test
  void takesPathsApart() {
    holds(GET, "http.path.segments.0 == \"Foo\"", "http.path.segments.1 == \"bar\"", "http.path.segments.len == 2");
    holds(GET, "http.path.segments.0_1 == \"Foo/bar\"", "lower(http.path.segments.0) == \"foo\"");
    fails(GET, "http.path.segments.2 != \"x\"", "http.path.segments.1_2 != \"x\"", "http.path.segments.len > 2");
    RouteRequest slash = RouteRequest.get("a.test", "/a/b/c/");
    holds(slash, "http.path.segments.len == 4", "http.path.segments.3 == \"\"", "http.path.segments.1_3 == \"b/c/\"");
    fails(slash, "http.path.segments.3_4 != \"x\"");
    RouteRequest root = RouteRequest.get("a.test", "/");
    holds(root, "http.path.segments.len == 0");
    fails(root, "http.path.segments.0 != \"x\"");
    holds(RouteRequest.get("a.test", "/a"), "http.path.segments.len == 1");
  }

  @Test
  void ofSeveralValuesAllMustMatchUnlessAnyIsEnough() {
    RouteRequest request = GET.withHeaders(Map.of("x-a", List.of("one", "Two"), "x_b", List.of("1")));
    holds(request, "any(http.headers.x_a) == \"one\"", "any(http.headers.x_a) != \"one\"");
    holds(request, "http.headers.x_a ~ \"[oO]\"", "http.headers.X_A != \"x\"", "http.headers.x_b == \"1\"");
    holds(request, "any(lower(http.headers.x_a)) == \"two\"");
    fails(request, "http.headers.x_a == \"one\"", "any(http.headers.x_a) == \"two\"");
    fails(request, "http.headers.x_c != \"x\"", "any(http.headers.x_c) != \"x\"");
    holds(request, "!(http.headers.x_c == \"x\")", "http.headers.host == \"a.test:81\"");
  }

  @Test
  void asksForArguments() {
    RouteRequest request = GET.withQuery(Map.of("a", List.of("1", "2"), "empty", List.of("")));
    holds(request, "any(http.queries.a) == \"2\"", "http.queries.empty == \"\"", "http.queries.a ~ \"^.$\"");
    fails(request, "http.queries.a == \"2\"", "http.queries.A == \"1\"", "http.queries.b != \"1\"");
  }

  @Test
  void textsAreCharactersEvenWhereTheyComeAsBytes() {
    String bytes = "\u00C3\u0089t\u00C3\u00A9";
    RouteRequest request =
        GET.withHeaders(Map.of("x-a", List.of(bytes))).withQuery(Map.of("q", List.of(bytes)));
    holds(request, "http.headers.x_a == \"\u00C9t\u00E9\"", "lower(http.queries.q) == \"\u00E9t\u00E9\"");
  }

  @Test
  void asksForAddresses() {
    RouteRequest v4 = GET.from("10.1.2.3", 4711).withLocalAddress("192.168.0.1");
    holds(v4, "net.src.ip == 10.1.2.3", "net.src.ip in 10.0.0.0/8", "net.src.ip not in 10.2.0.0/16");
    holds(v4, "net.src.ip in 0.0.0.0/0", "net.src.ip in 10.1.2.2/31", "net.src.port == 4711", "net.dst.ip in 192.168.0.0/24");
    fails(v4, "net.src.ip == 10.1.2.4", "net.src.ip in 11.0.0.0/8", "net.src.ip not in 10.0.0.0/8");
    fails(v4, "net.src.ip in ::/0", "net.src.ip == ::a01:203");
    RouteRequest v6 = GET.from("fd00::1%eth0", 0);
    holds(v6, "net.src.ip == fd00::1", "net.src.ip in fd00::/8", "net.src.ip in fd00::/127", "net.src.ip not in fe00::/8");
    fails(v6, "net.src.ip in 0.0.0.0/0", "net.src.ip in fd00::/128", "net.src.port == 0", "net.src.port != 1");
  }

  @Test
  void asksForTheServerName() {
    holds(GET.withTls(Optional.of("s.test")), "tls.sni == \"s.test\"", "net.protocol == \"https\"");
    fails(GET.withTls(Optional.empty()), "tls.sni != \"s.test\"");
    fails(GET, "tls.sni != \"s.test\"", "net.protocol == \"https\"");
  }

  private static void holds(RouteRequest request, String... expressions) {
    for (String each : expressions) {
      assertThat(winner(compile(expression("r", each)), request)).as(each).isEqualTo("r");
    }
  }

  private static void fails(RouteRequest request, String... expressions) {
    for (String each : expressions) {
      assertThat(winner(compile(expression("r", each)), request)).as(each).isEqualTo("-");
    }
  }
}
