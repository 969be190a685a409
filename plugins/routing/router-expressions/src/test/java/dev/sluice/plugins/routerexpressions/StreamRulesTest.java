package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.routing.StreamQuery;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static dev.sluice.plugins.routerexpressions.RouteFixture.expression;
import static dev.sluice.plugins.routerexpressions.RouteFixture.route;
import static org.assertj.core.api.Assertions.assertThat;

final class StreamRulesTest {

  private static final Connection PLAIN = new Connection("tcp", "10.0.0.1", 5000, 9000, Optional.empty());
  private static final Connection TLS = new Connection("tls", "10.0.0.1", 5000, 9000, Optional.of("a.test"));
  private static final Connection PASSED =
      new Connection("tls_passthrough", "10.0.0.1", 5000, 9000, Optional.of("a.test"));

  private record Connection(String protocol, String clientAddress, int clientPort, int localPort, Optional<String> sni)
      implements StreamQuery {
    @Override
    public String localAddress() {
      return "192.168.0.1";
    }
  }

  @Test
  void asksForAddressesPortsAndServerName() {
    RouteFixture route =
        expression("r", "net.src.ip in 10.0.0.0/8 && net.src.port == 5000 && net.dst.ip == 192.168.0.1 && "
            + "net.dst.port == 9000 && net.protocol == \"tcp\"").protocols("tcp");
    assertThat(winner(PLAIN, route)).isEqualTo("r");
    assertThat(winner(TLS, route)).isEqualTo("-");
    RouteFixture named = expression("r", "tls.sni =^ \".test\"").protocols("tls");
    assertThat(winner(TLS, named)).isEqualTo("r");
    assertThat(winner(PLAIN, named)).isEqualTo("-");
  }

  @Test
  void protocolsTakePartInTheMatch() {
    String any = "net.dst.port == 9000";
    assertThat(winner(PLAIN, expression("r", any).protocols("tls"))).isEqualTo("-");
    assertThat(winner(TLS, expression("r", any).protocols("tls"))).isEqualTo("r");
    assertThat(winner(TLS, expression("r", any).protocols("tcp", "tls"))).isEqualTo("r");
    assertThat(winner(PLAIN, expression("r", any).protocols("tcp", "tls"))).isEqualTo("r");
    assertThat(winner(TLS, expression("r", any).protocols("tls_passthrough"))).isEqualTo("-");
    assertThat(winner(PASSED, expression("r", any).protocols("tls_passthrough"))).isEqualTo("r");
    assertThat(winner(PASSED, expression("r", any).protocols("tcp", "tls"))).isEqualTo("-");
    assertThat(winner(PLAIN, expression("r", any).protocols("http"))).isEqualTo("-");
  }

  @Test
  void theOrderIsThatOfRequests() {
    RouteFixture low = expression("low", "net.src.ip == 10.0.0.1").protocols("tcp").with("priority", 1);
    RouteFixture high = expression("high", "net.src.port == 5000").protocols("tcp").with("priority", 2);
    RouteFixture block = sources("block", "{\"ip\":\"10.0.0.0/8\"}");
    RouteFixture port = sources("port", "{\"port\":5000}");
    RouteFixture address = sources("address", "{\"ip\":\"10.0.0.1\"}");
    RouteFixture both = sources("both", "{\"ip\":\"10.0.0.0/8\"}").list("destinations", new JsonObject("{\"port\":9000}"));
    assertThat(winner(PLAIN, low, both, high, block)).isEqualTo("high");
    assertThat(winner(PLAIN, low, both)).isEqualTo("low");
    assertThat(winner(PLAIN, address, both, block)).isEqualTo("both");
    assertThat(winner(PLAIN, address, port, block)).isEqualTo("address");
    assertThat(winner(PLAIN, port, block)).isEqualTo("port");
    assertThat(winner(PLAIN, block)).isEqualTo("block");
    assertThat(winner(PLAIN)).isEqualTo("-");
  }

  @Test
  void manyAreFoundByTheirServerName() {
    RouteFixture[] routes =
        IntStream.range(0, 100)
            .mapToObj(i -> expression("r" + i, "tls.sni == \"" + (i == 77 ? "a" : i) + ".test\"").protocols("tls"))
            .toArray(RouteFixture[]::new);
    assertThat(winner(TLS, routes)).isEqualTo("r77");
  }

  private static RouteFixture sources(String id, String source) {
    return route(id).protocols("tcp").list("sources", new JsonObject(source));
  }

  private static String winner(StreamQuery query, RouteFixture... routes) {
    return new ExpressionsRouterFactory()
        .compileStreams(Stream.of(routes).map(RouteFixture::definition).toList())
        .select(query)
        .map(found -> found.route().id())
        .orElse("-");
  }
}
