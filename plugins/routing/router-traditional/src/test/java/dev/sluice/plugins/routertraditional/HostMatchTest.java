package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.Router;
import dev.sluice.testkit.contract.RouteRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.sluice.plugins.routertraditional.RouteFixture.compile;
import static dev.sluice.plugins.routertraditional.RouteFixture.route;
import static dev.sluice.plugins.routertraditional.RouteFixture.winner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class HostMatchTest {

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void aPlainHostMatchesWithAnyPortAndInItsOwnCase(Flavor flavor) {
    Router router = compile(flavor, route("r").hosts("h.test"));

    assertThat(winner(router, host("h.test"))).isEqualTo("r");
    assertThat(winner(router, host("h.test:99"))).isEqualTo("r");
    assertThat(winner(router, host("h.test:"))).isEqualTo("r");
    assertThat(winner(router, host("H.test"))).isEqualTo("-");
    assertThat(winner(router, host("xh.test"))).isEqualTo("-");
    assertThat(winner(router, host("h.test.x"))).isEqualTo("-");
    assertThat(winner(router, host("h.test:8x"))).isEqualTo("-");
    assertThat(winner(router, host(""))).isEqualTo("-");
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void aHostWithPortMatchesThatPortAloneAndBeatsOneWithout(Flavor flavor) {
    Router router =
        compile(flavor, route("any").hosts("h.test").createdAt(1), route("port").hosts("h.test:1234").createdAt(2));

    assertThat(winner(router, host("h.test:1234"))).isEqualTo("port");
    assertThat(winner(router, host("h.test:1235"))).isEqualTo("any");
    assertThat(winner(router, host("h.test"))).isEqualTo("any");
  }

  @Test
  void traditionalTakesNoDefaultPortForPlainHosts() {
    Router router = compile(Flavor.TRADITIONAL, route("r").hosts("only.test:80", "tls.test:443"));

    assertThat(winner(router, host("only.test:80"))).isEqualTo("r");
    assertThat(winner(router, host("only.test"))).isEqualTo("-");
    assertThat(winner(router, host("only.test:81"))).isEqualTo("-");
    assertThat(winner(router, host("tls.test").withTls(Optional.empty()))).isEqualTo("-");
  }

  @Test
  void traditionalTakesTheSchemesPortForWildcards() {
    Router router =
        compile(
            Flavor.TRADITIONAL,
            route("any").hosts("w.*"),
            route("http").hosts("w.*:80"),
            route("tls").hosts("w.*:443"));

    assertThat(winner(router, host("w.test"))).isEqualTo("http");
    assertThat(winner(router, host("w.test").withTls(Optional.empty()))).isEqualTo("tls");
    assertThat(winner(router, host("w.test:443"))).isEqualTo("tls");
    assertThat(winner(router, host("w.test:99"))).isEqualTo("any");
  }

  @Test
  void compatibleTakesTheListenersPort() {
    Router router = compile(Flavor.COMPATIBLE, route("plain").hosts("h.test:8000"), route("wild").hosts("*.w.test:80"));

    assertThat(winner(router, host("h.test"))).isEqualTo("plain");
    assertThat(winner(router, host("h.test").withLocalPort(8443))).isEqualTo("-");
    assertThat(winner(router, host("h.test:8000").withLocalPort(8443))).isEqualTo("plain");
    assertThat(winner(router, host("a.w.test"))).isEqualTo("-");
    assertThat(winner(router, host("a.w.test").withLocalPort(80))).isEqualTo("wild");
    assertThat(winner(router, host("a.w.test:80"))).isEqualTo("wild");
  }

  @ParameterizedTest
  @CsvSource({
    "*.b.test, a.b.test, true",
    "*.b.test, x.a.b.test, true",
    "*.b.test, a.b.test:80, true",
    "*.b.test, b.test, false",
    "*.b.test, .b.test, false",
    "*.b.test, ab.test, false",
    "*.b.test, a.b.test.x, false",
    "*.b.test:81, a.b.test:81, true",
    "*.b.test:81, a.b.test:82, false",
    "*.b.test:81, a.b.test, false",
    "a.*, a.test, true",
    "a.*, a.b.test, true",
    "a.*, a.test:99, true",
    "a.*, a, false",
    "a.*, a., false",
    "a.*, xa.test, false",
    "a.b.*, a.b.test, true",
    "a.b.*, a.c.test, false",
    "a.*:81, a.test:81, true",
    "a.*:81, a.test:82, false",
  })
  void aStarStandsForOneLabelOrMore(String pattern, String host, boolean matches) {
    for (Flavor flavor : Flavor.values()) {
      Router router = compile(flavor, route("r").hosts("other.test", pattern));

      assertThat(winner(router, host(host))).as(flavor.text()).isEqualTo(matches ? "r" : "-");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "::11, ::11, true",
    "::11, [::11], true",
    "::11, [::11]:654, true",
    "[::12], ::12, true",
    "[::12], [::12]:80, true",
    "[::13]:321, [::13]:321, true",
    "[::13]:321, [::13]:322, false",
    "[::13]:321, [::13], false",
    "[::14], [::14]x, false",
  })
  void addressesOfTheSixthVersionMayBeBracketed(String pattern, String host, boolean matches) {
    for (Flavor flavor : Flavor.values()) {
      Router router = compile(flavor, route("r").hosts(pattern));

      assertThat(winner(router, host(host))).as(flavor.text()).isEqualTo(matches ? "r" : "-");
    }
  }

  @ParameterizedTest
  @CsvSource({"a*.test", "*", "a.*.test", "*.a.*", "*a.test"})
  void aStarElsewhereIsRefused(String pattern) {
    assertThatThrownBy(() -> compile(Flavor.COMPATIBLE, route("r").hosts(pattern)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("route r: invalid wildcard");
  }

  private static RouteRequest host(String host) {
    return RouteRequest.get(host, "/");
  }
}
