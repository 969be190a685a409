package dev.sluice.conformance;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Where the gateway listens unless told otherwise: whoever may reach the Admin API owns the gateway. In full runs alone,
 * since it takes the ports of the default settings.
 */
@EnabledIfSystemProperty(named = "sluice.conformance.full", matches = "true")
class ListenersTest {

  private static final String DEFAULT =
      "127.0.0.1:8001 reuseport backlog=16384, 127.0.0.1:8444 http2 ssl reuseport backlog=16384";
  private static final int ADMIN = 8001;
  private static final int ADMIN_TLS = 8444;

  @TempDir private Path folder;

  @Test
  void adminListensOnTheLoopbackInterfaceAlone() throws IOException {
    Path shipped = Distribution.built().home().resolve("conf/sluice.conf");
    assertThat(Files.readString(shipped)).contains("#admin_listen = " + DEFAULT);
    free(ADMIN);
    free(ADMIN_TLS);
    Map<String, String> settings = Map.of("admin_listen", "", "proxy_listen", "127.0.0.1:0, 127.0.0.2:0");
    try (Gateway gateway = Gateway.start(folder, settings)) {
      String listens = String.join(", ", gateway.admin().get("/").json().getJsonObject("configuration")
          .getJsonArray("admin_listen").stream().map(String::valueOf).toList());
      assertThat(listens).isEqualTo(DEFAULT);
      assertThat(gateway.port("admin_listen.0")).isEqualTo(ADMIN);
      for (String address : otherAddresses()) {
        refused(address, ADMIN);
        refused(address, ADMIN_TLS);
      }
      // Lest the refusals say nothing: what does listen at another address answers there.
      try (Wire wire = Wire.open("127.0.0.2", gateway.port("proxy_listen.1"))) {
        assertThat(wire.get("/").orElseThrow().status()).isEqualTo(404);
      }
    }
  }

  private static void free(int port) {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(probe.isBound()).isTrue();
    } catch (IOException e) {
      Assumptions.abort("port " + port + " of the default settings is taken by another program: " + e.getMessage());
    }
  }

  private static void refused(String address, int port) {
    assertThatThrownBy(() -> Wire.open(address, port).close())
        .as("the Admin API at " + address + ":" + port)
        .isInstanceOf(IOException.class);
  }

  private static List<String> otherAddresses() throws IOException {
    List<String> addresses = new ArrayList<>(List.of("127.0.0.2"));
    NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .map(InetAddress::getHostAddress)
        .forEach(addresses::add);
    return addresses;
  }
}
