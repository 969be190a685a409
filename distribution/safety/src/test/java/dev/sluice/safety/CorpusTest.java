package dev.sluice.safety;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.TestBackend;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Eight hundred requests that two servers may read in two ways, and mutations of them, before origins of three makes (case
 * PS-17): each must have parsed as many requests as clients have its answers to, whatever was hidden in them.
 */
class CorpusTest {

  private static final int CLIENTS = 96;
  private static final Pattern MARK = Pattern.compile("\r\nx-origin:", Pattern.CASE_INSENSITIVE);

  /** What is not swallowed by the request before it ends the connection at once. */
  private static final String END = "GET /end HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

  private static Rig rig;
  private static JsonObject service;

  /** An origin, and how many requests it has parsed. */
  private record Make(String name, int port, IntSupplier parsed) {}

  /** A request of the corpus. */
  private record Payload(String family, String text) {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  @BeforeAll
  static void start() {
    rig = new Rig(Map.of("nginx_http_client_header_timeout", "1s", "nginx_http_client_body_timeout", "300ms",
        "nginx_http_keepalive_timeout", "1s"));
    service = rig.service(new JsonObject().put("port", rig.origin.port()));
    rig.route(service, new JsonObject().put("hosts", new JsonArray().add("h")).put("strip_path", false)
        .put("paths", new JsonArray().add("/")));
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  private static List<Payload> corpus() throws IOException {
    List<Payload> corpus = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("src/test/resources/smuggling.txt"))) {
      if (!line.startsWith("#")) {
        String[] parts = line.split(" \\| ", 2);
        corpus.add(new Payload(parts[0], unescaped(parts[1])));
      }
    }
    return corpus;
  }

  private static String unescaped(String text) {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        bytes.append(c);
        continue;
      }
      char kind = text.charAt(++i);
      switch (kind) {
        case 'r' -> bytes.append('\r');
        case 'n' -> bytes.append('\n');
        case 't' -> bytes.append('\t');
        case 'x' -> {
          bytes.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
          i += 2;
        }
        default -> bytes.append(kind);
      }
    }
    return bytes.toString();
  }

  /** How many answers of an origin come back on a connection of its own. */
  private static int answers(Payload payload) {
    try (Wire wire = rig.wire()) {
      wire.send(payload.text()).send(END);
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      try {
        wire.in().transferTo(read);
      } catch (IOException reset) {
        // What came before it counts.
      }
      return (int) MARK.matcher("\r\n" + read.toString(StandardCharsets.ISO_8859_1)).results().count();
    }
  }

  private static int all(List<Payload> payloads) throws Exception {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger answers = new AtomicInteger();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    List<java.util.concurrent.Future<?>> running = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      running.add(clients.submit(() -> {
        for (int mine = next.getAndIncrement(); mine < payloads.size(); mine = next.getAndIncrement()) {
          answers.addAndGet(answers(payloads.get(mine)));
        }
      }));
    }
    for (java.util.concurrent.Future<?> each : running) {
      each.get();
    }
    clients.shutdown();
    return answers.get();
  }

  private static void agrees(Trial trial, Make make, List<Payload> payloads) throws Exception {
    rig.gateway.update(CoreEntities.SERVICES, service.getString("id"), new JsonObject().put("port", make.port()));
    int before = make.parsed().getAsInt();
    int answers = all(payloads);
    Waiting.within(2000, () -> make.parsed().getAsInt() - before == answers);
    int parsed = make.parsed().getAsInt() - before;
    trial.saw(make.name() + " parsed " + parsed + ", clients saw " + answers, parsed == answers && answers > 0, "all");
    if (parsed != answers) {
      blame(trial, make, payloads);
    }
  }

  /** Finds out which one it was. */
  private static void blame(Trial trial, Make make, List<Payload> payloads) {
    int blamed = 0;
    for (Payload payload : payloads) {
      int before = make.parsed().getAsInt();
      int answers = answers(payload);
      boolean same = Waiting.within(500, () -> make.parsed().getAsInt() - before == answers);
      if (!same && blamed++ < 10) {
        trial.saw("another number", false, make.name() + ", " + payload.family() + ": " + payload.text());
      }
    }
  }

  private static HttpServer jdk(AtomicInteger parsed) {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
      server.createContext("/", exchange -> {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("X-Origin", String.valueOf(parsed.incrementAndGet()));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
      });
      server.setExecutor(Executors.newCachedThreadPool());
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void threeOriginsAgree() throws Exception {
    List<Payload> payloads = corpus();
    long seed = Suite.seed();
    int mutations = Suite.times(0, 30_000);
    if (mutations > 0) {
      Mutator mutator = new Mutator(new Random(seed), payloads.stream().map(Payload::bytes).toList());
      for (int i = 0; i < mutations; i++) {
        payloads.add(new Payload("mutation", new String(mutator.next(), StandardCharsets.ISO_8859_1)));
      }
    }
    AtomicInteger parsedByVertx = new AtomicInteger();
    AtomicInteger parsedByJdk = new AtomicInteger();
    HttpServer jdk = jdk(parsedByJdk);
    try (Trial trial = new Trial(rig, "PS-17", payloads.size() + " smuggling requests before three makes of origin"
            + (mutations > 0 ? ", " + mutations + " of them mutations, seed " + seed : ""),
            "each parses as many as clients have answers to").uncounted();
        TestBackend vertx =
            TestBackend.of(
                request -> request.body().onSuccess(
                    body -> request.response().putHeader("X-Origin", String.valueOf(parsedByVertx.incrementAndGet())).end()))) {
      agrees(trial, new Make("raw", rig.origin.port(), rig.origin::parsed), payloads);
      agrees(trial, new Make("Netty", vertx.port(), () -> parsedByVertx.get() + rig.origin.parsed()), payloads);
      agrees(trial, new Make("JDK", jdk.getAddress().getPort(), () -> parsedByJdk.get() + rig.origin.parsed()), payloads);
    } finally {
      jdk.stop(0);
    }
  }
}
