package dev.sluice.plugins.iprestriction;

import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.request.AddressRange;
import dev.sluice.api.request.StreamConnection;
import dev.sluice.api.schema.SchemaException;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IpRestrictionTest {

  private static TestGateway gateway;
  private static TestBackend backend;

  @BeforeAll
  static void start() {
    gateway = TestGateway.with(new IpRestrictionPlugin())
        .setting("trusted_ips", "127.0.0.1")
        .setting("real_ip_header", "X-Real-IP")
        .start();
    backend = gateway.backend(TestBackend.echo());
    configure("/allow", "{\"allow\":[\"10.1.0.0/16\",\"fd00::/8\"]}");
    configure("/deny", "{\"deny\":[\"10.1.2.3\"]}");
    configure("/both", "{\"allow\":[\"10.1.0.0/16\"],\"deny\":[\"10.1.2.0/24\"]}");
    configure("/own", "{\"deny\":[\"0.0.0.0/0\"],\"status\":404,\"message\":\"gone\"}");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static void configure(String path, String config) {
    gateway.plugin("ip-restriction", new JsonObject(config), gateway.route(path, backend));
  }

  private static HttpResponse<Buffer> from(String address, String path) {
    return gateway.get(path, Map.of("X-Real-IP", address));
  }

  @ParameterizedTest
  @CsvSource({
    "/allow, 10.1.255.255, true", "/allow, 10.2.0.0, false", "/allow, fd12::1, true", "/allow, fe80::1, false",
    "/deny, 10.1.2.3, false", "/deny, 10.1.2.4, true", "/deny, ::1, true",
    "/both, 10.1.2.3, false", "/both, 10.1.3.3, true", "/both, 11.0.0.1, false",
  })
  void addressesAreToldApart(String path, String address, boolean passes) {
    HttpResponse<Buffer> answer = from(address, path);
    assertThat(answer.statusCode()).isEqualTo(passes ? 200 : 403);
    if (!passes) {
      assertThat(answer.bodyAsJsonObject().getString("message")).isEqualTo("IP address not allowed: " + address);
    }
  }

  @Test
  void refusalsAreConfigured() {
    assertThat(from("10.0.0.1", "/own").statusCode()).isEqualTo(404);
    assertThat(from("10.0.0.1", "/own").bodyAsJsonObject().getString("message")).isEqualTo("gone");
    assertThat(from("::1", "/own").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.3.4, 1.2.3.4, true", "1.2.3.4/32, 1.2.3.5, false", "1.2.3.0/25, 1.2.3.127, true",
    "1.2.3.0/25, 1.2.3.128, false", "128.0.0.0/1, 255.1.1.1, true", "128.0.0.0/1, 127.255.255.255, false",
    "0.0.0.0/0, 9.9.9.9, true", "::/0, 9.9.9.9, false", "::ffff:1.2.3.4, 1.2.3.4, true",
    "1.2.3.4, ::ffff:1.2.3.4, true", "::ffff:1.2.3.0/120, 1.2.3.9, true", "fe80::/10, fe80::1%eth0, true",
    "2001:db8::/33, 2001:db8:7fff::1, true", "2001:db8::/33, 2001:db8:8000::1, false",
  })
  void rangesEndWhereTheirBitsEnd(String range, String address, boolean inside) {
    assertThat(AddressRange.of(range).contains(AddressRange.address(address))).isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.2.3", "1.2.3.4.5", "256.1.1.1", "a.b.c.d", "localhost", "1..2.3", "1.2.3.4/33", ":x:"})
  void whatIsNoAddressIsRefused(String text) {
    assertThatThrownBy(() -> AddressRange.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"10.1.2.3, false", "10.1.3.3, true", "11.0.0.1, false"})
  void streamsAreJudgedToo(String address, boolean passes) {
    JsonObject config = new JsonObject("{\"allow\":[\"10.1.0.0/16\"],\"deny\":[\"10.1.2.0/24\"]}");
    IpFilter filter = new IpFilter(IpConfig.SCHEMA.read(config));
    assertThat(filter.preread(new Stream(address))).isEqualTo(passes);
  }

  /** A connection of which nothing but the client's address is asked. */
  private record Stream(String clientAddress) implements StreamConnection {
    @Override
    public Route route() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Service> service() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String protocol() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int clientPort() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String localAddress() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int localPort() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> sni() {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void wrongValuesAreNamed() {
    assertThatThrownBy(() -> IpConfig.SCHEMA.read(new JsonObject()))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("at least one of these fields must be non-empty: 'config.allow', 'config.deny'");
    assertThatThrownBy(() -> IpConfig.SCHEMA.read(new JsonObject("{\"allow\":[\"1.2.3.4/40\"]}")))
        .hasMessageContaining("invalid ip or cidr range: '1.2.3.4/40'");
  }
}
