package dev.sluice.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The walkthrough that {@code --demo} does by itself. */
class DemoTest {

  private static final int REQUESTS = 30;

  @TempDir private Path folder;

  @Test
  void bringsTwoBackendsAndTheWalkthrough() throws IOException {
    int[] ports = freePorts();
    String both = ports[0] + "," + ports[1];
    // Twice: the second start finds the walkthrough done.
    for (int start = 0; start < 2; start++) {
      try (Gateway gateway = Gateway.start(folder, Map.of(), "--demo", "--demo-ports", both)) {
        Await.until(
            () -> "the demo is there; the log:\n" + gateway.log(),
            () -> gateway.log().contains(sign(ports)));
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int i = 0; i < REQUESTS; i++) {
          Http.Reply reply = gateway.proxy().get("/api/atelier/").expect(200);
          assertThat(reply.json().getString("uri")).isEqualTo("/api/atelier/");
          counts.merge(reply.json().getInteger("backend"), 1, Integer::sum);
        }
        assertThat(counts).isEqualTo(Map.of(ports[0], REQUESTS * 2 / 3, ports[1], REQUESTS / 3));
        gateway.terminate();
        gateway.ended();
      }
    }
  }

  private static String sign(int... ports) {
    return "demo: backends at 127.0.0.1:" + ports[0] + " and :" + ports[1] + ", try: curl http://127.0.0.1:";
  }

  /** Two that the system had to give away a moment ago. */
  private static int[] freePorts() throws IOException {
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new int[] {one.getLocalPort(), two.getLocalPort()};
    }
  }
}
