package dev.sluice.plugins.routerexpressions;

import dev.sluice.testkit.contract.RouteRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static dev.sluice.plugins.routerexpressions.RouteFixture.compile;
import static dev.sluice.plugins.routerexpressions.RouteFixture.expression;
import static dev.sluice.plugins.routerexpressions.RouteFixture.route;
import static dev.sluice.plugins.routerexpressions.RouteFixture.winner;
import static org.assertj.core.api.Assertions.assertThat;

final class OrderTest {

  private static final RouteRequest GET = RouteRequest.get("a.test", "/a/b");

  @Test
  void theHigherPriorityWins() {
    RouteFixture low = expression("low", "http.path == \"/a/b\"").with("priority", 1);
    RouteFixture high = expression("high", "http.method == \"GET\"").with("priority", (1L << 46) - 1);
    assertThat(winner(compile(low, high, expression("lowest", "http.host == \"a.test\"")), GET)).isEqualTo("high");
    assertThat(winner(compile(high, low), GET.withMethod("PUT"))).isEqualTo("low");
  }

  @Test
  void ofEqualPriorityTheGreaterIdWins() {
    RouteFixture lesser = expression("1", "http.path ^= \"/a\"").with("created_at", 1).with("priority", 7);
    RouteFixture greater = expression("2", "http.host == \"a.test\"").with("created_at", 2).with("priority", 7);
    assertThat(winner(compile(lesser, greater), GET)).isEqualTo("2");
    assertThat(winner(compile(greater, lesser), GET)).isEqualTo("2");
  }

  @Test
  void anyExpressionBeatsAllClassicFields() {
    RouteFixture classic =
        route("classic")
            .list("paths", "/a/b")
            .list("hosts", "a.test")
            .list("methods", "GET")
            .list("destinations", new JsonObject().put("port", 8000))
            .with("headers", new JsonObject("{\"x-a\":[\"1\"]}"));
    RouteRequest request = GET.withHeaders(Map.of("x-a", List.of("1")));
    assertThat(winner(compile(classic), request)).isEqualTo("classic");
    assertThat(winner(compile(classic, expression("r", "http.path ^= \"/\"")), request)).isEqualTo("r");
  }

  @Test
  void classicFieldsAreOrderedAsInTheCompatibleFlavor() {
    RouteFixture regex = route("regex").list("paths", "~/a").with("regex_priority", 1);
    RouteFixture urgent = route("urgent").list("paths", "~/.").with("regex_priority", 2);
    RouteFixture belowZero = route("late").list("paths", "~/./b").with("regex_priority", -2);
    RouteFixture prefix = route("prefix").list("paths", "/a", "/a/b", "/x");
    RouteFixture longer = route("longer").list("paths", "/a/");
    RouteFixture wild = route("wild").list("hosts", "*.test");
    RouteFixture plain = route("plain").list("hosts", "a.test");
    RouteFixture both = route("both").list("hosts", "a.*").list("methods", "GET");
    RouteFixture header = route("header").with("headers", new JsonObject("{\"x-a\":[\"1\",\"2\"]}"));
    RouteRequest request = GET.withHeaders(Map.of("x-a", List.of("2")));

    assertThat(winner(compile(regex, urgent, prefix, belowZero), request)).isEqualTo("urgent");
    assertThat(winner(compile(regex, prefix, belowZero), request)).isEqualTo("regex");
    assertThat(winner(compile(belowZero, prefix), request)).isEqualTo("late");
    assertThat(winner(compile(prefix, longer), request)).isEqualTo("prefix");
    assertThat(winner(compile(prefix, longer), RouteRequest.get("a.test", "/a/c"))).isEqualTo("longer");
    assertThat(winner(compile(wild, plain, both, header), request)).isEqualTo("both");
    assertThat(winner(compile(wild, plain, header), request)).isEqualTo("plain");
    assertThat(winner(compile(wild, header), request)).isEqualTo("header");
  }

  @Test
  void ofEqualClassicFieldsTheOlderWins() {
    RouteFixture older = route("2").list("paths", "/a").with("created_at", 1);
    RouteFixture younger = route("1").list("hosts", "*.test").with("created_at", 2);
    RouteFixture twin = route("3").list("paths", "/a").with("created_at", 1);
    assertThat(winner(compile(twin, younger, older), GET)).isEqualTo("2");
  }

  @Test
  void protocolsTakePartInTheMatch() {
    RouteRequest tls = GET.withTls(Optional.of("s.test"));
    RouteFixture http = expression("r", "http.path ^= \"/\"").protocols("http");
    RouteFixture https = expression("r", "http.path ^= \"/\"").protocols("https");
    RouteFixture grpc = expression("r", "http.path ^= \"/\"").protocols("grpc");
    RouteFixture grpcs = expression("r", "http.path ^= \"/\"").protocols("grpcs");
    assertThat(winner(compile(http), GET)).isEqualTo("r");
    assertThat(winner(compile(http), tls)).isEqualTo("-");
    assertThat(winner(compile(https), tls)).isEqualTo("r");
    assertThat(winner(compile(https), GET)).as("is found, to be redirected").isEqualTo("r");
    assertThat(winner(compile(grpc), GET)).isEqualTo("r");
    assertThat(winner(compile(grpc), tls)).isEqualTo("-");
    assertThat(winner(compile(grpcs), tls)).isEqualTo("r");
    assertThat(winner(compile(grpcs), GET)).isEqualTo("-");
    assertThat(winner(compile(route("r").list("paths", "/").protocols("http")), tls)).isEqualTo("-");
  }

  @Test
  void theProtocolHoldsForAllOfAnExpression() {
    RouteFixture route = expression("r", "http.path == \"/\" || http.method == \"GET\"").protocols("http");
    assertThat(winner(compile(route), GET.withTls(Optional.empty()))).isEqualTo("-");
  }

  @Test
  void classicFieldsMatchAddressesAndServerNamesToo() {
    RouteFixture source =
        route("r").list("sources", new JsonObject("{\"ip\":\"10.1.2.3/8\",\"port\":5}"), new JsonObject("{\"port\":6}"));
    assertThat(winner(compile(source), GET.from("10.9.9.9", 5))).isEqualTo("r");
    assertThat(winner(compile(source), GET.from("11.0.0.1", 6))).isEqualTo("r");
    assertThat(winner(compile(source), GET.from("11.0.0.1", 5))).isEqualTo("-");
    RouteFixture destination = route("r").list("destinations", new JsonObject("{\"ip\":\"fd00::1\"}"));
    assertThat(winner(compile(destination), GET.withLocalAddress("fd00::1"))).isEqualTo("r");
    assertThat(winner(compile(destination), GET)).isEqualTo("-");
    RouteFixture sni = route("r").list("snis", "a.test.", "*.b.test", "c.*");
    assertThat(winner(compile(sni), GET)).isEqualTo("r");
    for (String name : new String[] {"a.test", "x.b.test", "c.org"}) {
      assertThat(winner(compile(sni), GET.withTls(Optional.of(name)))).isEqualTo("r");
    }
    assertThat(winner(compile(sni), GET.withTls(Optional.of("b.test")))).isEqualTo("-");
    assertThat(winner(compile(sni), GET.withTls(Optional.empty()))).isEqualTo("-");
  }

  @Test
  void hostsMayHavePorts() {
    RouteFixture route = route("r").list("hosts", "a.test:81", "*.b.test:82", "[::1]:83");
    assertThat(winner(compile(route), RouteRequest.get("a.test:81", "/"))).isEqualTo("r");
    assertThat(winner(compile(route), RouteRequest.get("a.test", "/").withLocalPort(81))).isEqualTo("r");
    assertThat(winner(compile(route), RouteRequest.get("a.test:82", "/"))).isEqualTo("-");
    assertThat(winner(compile(route), RouteRequest.get("x.b.test:82", "/"))).isEqualTo("r");
    assertThat(winner(compile(route), RouteRequest.get("[::1]:83", "/"))).isEqualTo("r");
  }

  @Test
  void leavesOutWhatServesNoRequests() {
    assertThat(winner(compile(expression("r", "http.path ^= \"/\"").disabled()), GET)).isEqualTo("-");
    assertThat(winner(compile(expression("r", "net.protocol == \"http\"").protocols("tcp")), GET)).isEqualTo("-");
    assertThat(winner(compile(route("r")), GET)).isEqualTo("-");
  }

  @Test
  void anchorsAllAlternativesOfAPath() {
    RouteFixture route = route("r").list("paths", "~/x|/b");
    assertThat(winner(compile(route), GET)).isEqualTo("-");
    assertThat(winner(compile(route), RouteRequest.get("a.test", "/b"))).isEqualTo("r");
  }
}
