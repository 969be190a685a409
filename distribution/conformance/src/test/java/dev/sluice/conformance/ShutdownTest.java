package dev.sluice.conformance;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** SIGTERM under load: what has been begun is finished, nothing new is begun, and then the process ends. */
class ShutdownTest {

  /** 128 and the number of the signal, as the shell counts: the process ends by the signal, after it has tidied up. */
  private static final int TERMINATED = 143;

  private static final int SLOW = 20;
  private static final int CLIENTS = 4;
  /** More than the buffers on the way can hold. */
  private static final int BIG = 64 << 20;

  @TempDir private Path folder;

  /** What became of the requests of clients that send one after another until they are turned away. */
  private static final class Fate {
    final AtomicInteger numbers = new AtomicInteger();
    final Set<Integer> answered = ConcurrentHashMap.newKeySet();
    final Set<Integer> turnedAway = ConcurrentHashMap.newKeySet();
    final Set<String> torn = ConcurrentHashMap.newKeySet();
  }

  @Test
  void finishesWhatItHasBegun() throws IOException {
    Map<String, String> settings = Map.of("drain_timeout", "60", "proxy_listen", "127.0.0.1:0, 127.0.0.1:0");
    try (Echo echo = Echo.open("echo");
        Gateway gateway = Gateway.start(folder, settings)) {
      route(gateway, echo);
      int port = gateway.proxyPort();
      int unused = gateway.port("proxy_listen.1");
      List<CompletableFuture<Http.Reply>> slow = new ArrayList<>();
      for (int i = 0; i < SLOW; i++) {
        slow.add(gateway.proxy().getLater("/slow/" + i + "?hold"));
      }
      Fate fate = new Fate();
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        boolean keep = i % 2 == 0;
        Thread client = new Thread(() -> send(port, keep, fate));
        client.start();
        clients.add(client);
      }
      Await.until(
          "the load is on", () -> fate.answered.size() > 200 && asked(echo, "/slow/").size() == SLOW);

      Http status = gateway.status();
      long begun = System.nanoTime();
      gateway.terminate();
      long refused = Await.timed("new connections are refused", () -> refuses(port));
      assertThat(slow).as("requests under way at that moment").noneMatch(CompletableFuture::isDone);
      assertThat(status.get("/status/ready").expect(503).json().getString("message")).isEqualTo("draining");
      assertThatThrownBy(() -> askAt(unused)).as("a listener nobody used before").isInstanceOf(IOException.class);

      echo.release();
      slow.forEach(answer -> assertThat(answer.join().status()).isEqualTo(200));
      assertThat(gateway.ended()).isEqualTo(TERMINATED);
      long took = System.nanoTime() - begun;
      join(clients);
      judge(fate, echo);
      assertThat(folder.resolve("sluice.pid")).doesNotExist();
      Figures.show("SIGTERM, slow requests under way that were answered in full", SLOW + " of " + SLOW);
      Figures.showMillis("SIGTERM, new connections refused after", refused);
      Figures.show("SIGTERM, process ended after, with slow requests under way", Figures.millis(took));
      Figures.show(
          "SIGTERM, quick requests",
          fate.answered.size() + " answered, none of those the server saw lost, "
              + fate.turnedAway.size() + " turned away unseen, " + fate.torn.size() + " torn");
    }
  }

  private static void judge(Fate fate, Echo echo) {
    assertThat(fate.torn).isEmpty();
    Set<Integer> seen =
        asked(echo, "/quick/").stream()
            .map(uri -> Integer.parseInt(uri.substring("/quick/".length())))
            .collect(Collectors.toSet());
    assertThat(fate.answered).as("requests that the server has seen").containsAll(seen);
  }

  private static void route(Gateway gateway, Echo echo) {
    gateway.admin().form("POST", "/services", "name", "echo", "url", "http://" + echo.address()).expect(201);
    gateway.admin().form("POST", "/services/echo/routes", "paths[]", "/", "strip_path", "false").expect(201);
  }

  private static Set<String> asked(Echo echo, String prefix) {
    return echo.uris().stream().filter(uri -> uri.startsWith(prefix)).collect(Collectors.toSet());
  }

  private static void send(int port, boolean keep, Fate fate) {
    try {
      Wire wire = Wire.open(port);
      try {
        while (true) {
          int number = fate.numbers.incrementAndGet();
          Optional<Wire.Answer> answer = wire.get("/quick/" + number);
          if (answer.isEmpty()) {
            fate.turnedAway.add(number);
          } else if (answer.get().status() == 200 && answer.get().body().startsWith("{\"backend\"")) {
            fate.answered.add(number);
          } else {
            fate.torn.add(answer.get().toString());
          }
          if (!keep || answer.isEmpty() || answer.get().closes()) {
            wire.close();
            wire = Wire.open(port);
          }
        }
      } finally {
        wire.close();
      }
    } catch (Wire.TornException e) {
      fate.torn.add(e.getMessage());
    } catch (ConnectException e) {
      // The end of the gateway is the end of the client.
    } catch (IOException e) {
      fate.torn.add(e.toString());
    }
  }

  private static boolean refuses(int port) {
    try {
      Wire.open(port).close();
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static void askAt(int port) throws IOException {
    try (Wire wire = Wire.open(port)) {
      if (wire.get("/late").isEmpty()) {
        throw new IOException("turned away");
      }
    }
  }

  private static void join(List<Thread> clients) {
    for (Thread client : clients) {
      try {
        client.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void doesNotWaitForEver() {
    try (Echo echo = Echo.open("echo");
        Gateway gateway = Gateway.start(folder, Map.of("drain_timeout", "1"))) {
      route(gateway, echo);
      CompletableFuture<Http.Reply> endless = gateway.proxy().getLater("/endless?hold");
      Await.until("the request is under way", () -> !echo.uris().isEmpty());
      long begun = System.nanoTime();
      gateway.terminate();
      assertThat(gateway.ended()).isEqualTo(TERMINATED);
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      assertThat(took).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
      Figures.show("SIGTERM with drain_timeout = 1 and an endless request, ended after", took.toMillis() + " ms");
      assertThat(endless.handle((answer, failure) -> failure != null || answer.status() >= 500).join()).isTrue();
    }
  }

  @Test
  void doesNotTearWhatASlowClientReads() throws IOException {
    try (Echo echo = Echo.open("echo");
        Gateway gateway = Gateway.start(folder, Map.of("drain_timeout", "60"));
        Wire slow = Wire.open(gateway.proxyPort())) {
      route(gateway, echo);
      slow.ask("/big?size=" + BIG);
      Await.until("the request is under way", () -> !echo.uris().isEmpty());
      int port = gateway.proxyPort();
      gateway.terminate();
      Await.until("new connections are refused", () -> refuses(port));
      assertThat(gateway.process().isAlive()).isTrue();
      assertThat(slow.answer().orElseThrow().body()).hasSize(BIG);
      assertThat(gateway.ended()).isEqualTo(TERMINATED);
    }
  }

  @Test
  void doesNotWaitForAClientThatReadsNothing() throws IOException {
    try (Echo echo = Echo.open("echo");
        Gateway gateway = Gateway.start(folder, Map.of("drain_timeout", "1"));
        Wire stuck = Wire.open(gateway.proxyPort())) {
      route(gateway, echo);
      stuck.ask("/big?size=" + BIG);
      Await.until("the request is under way", () -> !echo.uris().isEmpty());
      long begun = System.nanoTime();
      gateway.terminate();
      assertThat(gateway.ended()).isEqualTo(TERMINATED);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
    }
  }

  @Test
  void stopsAtOnceWithNothingToDo() {
    Http.Reply ready;
    try (Gateway gateway = Gateway.start(folder, Map.of())) {
      ready = gateway.status().get("/status/ready").expect(200);
      long begun = System.nanoTime();
      gateway.terminate();
      assertThat(gateway.ended()).isEqualTo(TERMINATED);
      Figures.showMillis("SIGTERM with nothing to do, ended after", System.nanoTime() - begun);
    }
    assertThat(ready.json()).isEqualTo(new JsonObject().put("message", "ready"));
  }
}
