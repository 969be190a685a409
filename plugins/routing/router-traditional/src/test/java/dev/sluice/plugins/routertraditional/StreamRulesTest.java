package dev.sluice.plugins.routertraditional;

import dev.sluice.api.entity.Route;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.StreamQuery;
import dev.sluice.api.routing.StreamRouter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which route a connection takes. */
final class StreamRulesTest {

  private static final String SOURCE = "{\"ip\":\"10.0.0.1\"}";
  private static final String BLOCK = "{\"ip\":\"10.0.0.0/8\"}";
  private static final String BOTH = "{\"ip\":\"10.0.0.1\",\"port\":5000}";
  private static final String PORT = "{\"port\":9000}";

  private record Query(String protocol, String clientAddress, int clientPort, int localPort, Optional<String> sni)
      implements StreamQuery {
    @Override
    public String localAddress() {
      return "192.168.0.1";
    }
  }

  private static final Query QUERY = new Query("tls", "10.0.0.1", 5000, 9000, Optional.of("a.test"));

  private static RouteDefinition route(String id, int created, String protocol, String sources, String to, String sni) {
    JsonObject route =
        new JsonObject()
            .put("id", id)
            .put("created_at", created)
            .put("protocols", new JsonArray().add(protocol))
            .put("sources", sources.isEmpty() ? null : new JsonArray("[" + sources + "]"))
            .put("destinations", to.isEmpty() ? null : new JsonArray("[" + to + "]"))
            .put("snis", sni.isEmpty() ? null : new JsonArray().add(sni));
    return RouteDefinition.of(Route.decode(route), Optional.empty());
  }

  private static String winner(Flavor flavor, Query query, RouteDefinition... routes) {
    StreamRouter router = new TraditionalRouterFactory(flavor).compileStreams(List.of(routes));
    return router.select(query).map(found -> found.route().id()).orElse("-");
  }

  private static void assertBeats(Flavor flavor, RouteDefinition winner, RouteDefinition loser) {
    assertThat(winner(flavor, QUERY, loser)).isEqualTo(loser.route().id());
    assertThat(winner(flavor, QUERY, winner, loser)).isEqualTo(winner.route().id());
    assertThat(winner(flavor, QUERY, loser, winner)).isEqualTo(winner.route().id());
  }

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void whatAsksForMoreWins(Flavor flavor) {
    assertBeats(flavor, route("w", 2, "tls", SOURCE, PORT, ""), route("l", 1, "tls", SOURCE, "", ""));
    assertBeats(flavor, route("w", 2, "tls", "", "", "a.test"), route("l", 1, "tls", SOURCE, "", ""));
    assertBeats(flavor, route("w", 2, "tls", "", "", "a.test"), route("l", 1, "tls", "", PORT, ""));
    assertBeats(flavor, route("w", 2, "tls", SOURCE, "", "a.test"), route("l", 1, "tls", "", "", "a.test"));
    assertBeats(flavor, route("w", 2, "tls", BOTH, "", ""), route("l", 1, "tls", SOURCE, "", ""));
    assertBeats(flavor, route("w", 1, "tls", SOURCE, "", ""), route("l", 2, "tls", SOURCE, "", ""));
  }

  @ParameterizedTest
  @EnumSource(value = Flavor.class, names = "COMPATIBLE")
  void anAddressBeatsABlock(Flavor flavor) {
    assertBeats(flavor, route("w", 2, "tls", SOURCE, "", ""), route("l", 1, "tls", BLOCK, "", ""));
    assertBeats(flavor, route("w", 2, "tls", "", "", "*.test"), route("l", 1, "tls", BLOCK, "", ""));
  }

  @ParameterizedTest
  @EnumSource(value = Flavor.class, names = "TRADITIONAL")
  void traditionalPrefersBothEnds(Flavor flavor) {
    assertBeats(flavor, route("w", 2, "tls", SOURCE, PORT, ""), route("l", 1, "tls", "", "", "a.test"));
  }

  @ParameterizedTest
  @CsvSource({
    "tcp, tcp, true", "tcp, tls, false", "tcp, tls_passthrough, false", "tls, tcp, true", "tls, tls, true",
    "tls, tls_passthrough, false", "tls_passthrough, tls_passthrough, true", "tls_passthrough, tls, false",
    "tls_passthrough, tcp, false", "tcp, udp, false"
  })
  void protocolsAreToldApart(String connection, String route, boolean matches) {
    Query query = new Query(connection, "10.0.0.1", 1, 9000, Optional.of("a.test"));
    String winner = winner(Flavor.COMPATIBLE, query, route("r", 1, route, "", PORT, ""));
    assertThat(winner).isEqualTo(matches ? "r" : "-");
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.1, 5000, true", "10.0.0.1, 5001, false", "10.0.0.2, 5000, false"})
  void oneEntryMustMatchAsAWhole(String address, int port, boolean matches) {
    Query query = new Query("tcp", address, port, 1, Optional.empty());
    String other = "{\"ip\":\"10.9.0.0/16\"}";
    assertThat(winner(Flavor.TRADITIONAL, query, route("r", 1, "tcp", BOTH + "," + other, "", "")))
        .isEqualTo(matches ? "r" : "-");
  }
}
