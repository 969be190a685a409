package dev.sluice.plugins.mirror;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.Await;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The same requests in turn, with a mirror and without one: clients do not wait for the shadow. */
class MirrorLatencyTest extends MirrorFixture {

  private static final int PAIRS = Integer.getInteger("sluice.mirror.pairs", 300);
  private static final int WARM_UP = Math.max(50, PAIRS / 10);
  private static final int GIVEN_UP_MILLIS = 500;
  private static final double NANOS = 1e6;

  /** A fifth of what a client would wait that waited for the shadow. */
  private static final double GROSS_MILLIS = GIVEN_UP_MILLIS / 5.0;

  /** One client on one connection. */
  private static final class Client implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    Client(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(60_000);
      in = new BufferedInputStream(socket.getInputStream());
    }

    /** How long an answer took, in nanoseconds. */
    long ask(String path) throws IOException {
      byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
      long begin = System.nanoTime();
      socket.getOutputStream().write(request);
      StringBuilder answer = new StringBuilder();
      while (answer.indexOf("\r\n\r\nsame") < 0) {
        int next = in.read();
        if (next < 0) {
          throw new IOException("closed after " + answer);
        }
        answer.append((char) next);
      }
      assertThat(answer).startsWith("HTTP/1.1 200 ");
      return System.nanoTime() - begin;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private void without(int port) {
    JsonObject other = gateway.create(
        CoreEntities.SERVICES, new JsonObject().put("name", "plain").put("host", "127.0.0.1").put("port", port));
    gateway.create(
        CoreEntities.ROUTES,
        new JsonObject()
            .put("paths", new JsonArray().add("/plain"))
            .put("strip_path", false)
            .put("service", reference(other)));
  }

  private static String figures(String what, long[] nanos) {
    Arrays.sort(nanos);
    return String.format("%s: p50 %.3f ms, p99 %.3f ms", what, at(nanos, 0.5), at(nanos, 0.99));
  }

  private static double at(long[] sorted, double part) {
    return sorted[(int) Math.min(sorted.length - 1, Math.round(sorted.length * part))] / NANOS;
  }

  private void pairs(String shadows) throws IOException {
    long[] with = new long[PAIRS];
    long[] without = new long[PAIRS];
    Random random = new Random(1);
    try (Client client = new Client(gateway.proxyPort())) {
      for (int i = -WARM_UP; i < PAIRS; i++) {
        boolean first = random.nextBoolean();
        long one = client.ask(first ? "/mirrored" : "/plain");
        long other = client.ask(first ? "/plain" : "/mirrored");
        if (i >= 0) {
          with[i] = first ? one : other;
          without[i] = first ? other : one;
        }
        atPrimary.clear();
        atShadow.clear();
      }
    }
    JsonObject status = status();
    System.out.println(PAIRS + " pairs, a shadow that " + shadows + " (" + status.getInteger("mirrored") + " copies, "
        + status.getJsonObject("dropped").getInteger("in_flight") + " dropped): "
        + figures("with", with) + "; " + figures("without", without));
    assertThat(status.getInteger("mirrored")).isPositive();
    assertThat(at(with, 0.5) - at(without, 0.5)).as("what the mirror takes, in ms").isLessThan(GROSS_MILLIS);
  }

  private void start(int inFlight) {
    gateway.update(
        CoreEntities.SERVICES, service.getString("id"), new JsonObject().put("read_timeout", GIVEN_UP_MILLIS));
    without(service.getInteger("port"));
    configure(new JsonObject().put("max_in_flight", inFlight));
  }

  @Test
  void besideAShadowThatHangs() throws IOException {
    shadow = request -> {};
    start(500);
    pairs("hangs");
  }

  @Test
  void besideAShadowThatAnswers() throws IOException {
    start(64);
    pairs("answers");
    Await.until("all is over", () -> status().getInteger("in_flight") == 0);
    assertThat(status().getInteger("different")).isZero();
  }
}
