package dev.sluice.conformance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The gateway is killed while many write through its Admin API: what was answered is there, and nothing is half. */
class CrashTest {

  private static final int WRITES = Suite.times(300, 1000);
  private static final int ROUNDS = Suite.times(1, 3);
  private static final int WRITERS = 8;

  @TempDir private Path folder;

  @Test
  void keepsWhatItHasAnswered() throws InterruptedException {
    try (Echo echo = Echo.open("echo")) {
      List<Writer> all = new ArrayList<>();
      for (int round = 1; round <= ROUNDS; round++) {
        all.addAll(round(round, echo));
      }
      int acknowledged = all.stream().mapToInt(Writer::acknowledged).sum();
      Figures.show("kill -9 during " + WRITES + " writes, rounds", ROUNDS);
      Figures.show("kill -9, acknowledged writes / of them there after the restart", acknowledged + " / " + acknowledged);
      Figures.show(
          "kill -9, unanswered writes / of them found whole / found half",
          all.stream().mapToInt(Writer::unanswered).sum() + " / "
              + all.stream().mapToInt(Writer::found).sum() + " / 0");
    }
  }

  private List<Writer> round(int round, Echo echo) throws InterruptedException {
    List<Writer> writers = new ArrayList<>();
    AtomicInteger tickets = new AtomicInteger(WRITES);
    try (Gateway gateway = Gateway.start(folder, Map.of())) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        Writer writer = new Writer(gateway.admin(), "r" + round + "w" + i, echo.address(), tickets);
        writers.add(writer);
        threads.add(new Thread(writer));
      }
      threads.forEach(Thread::start);
      long begun = System.nanoTime();
      Await.until("half of the writes are under way", () -> tickets.get() <= WRITES / 2);
      gateway.kill();
      double seconds = (System.nanoTime() - begun) / 1e9;
      Figures.show("kill -9, round " + round + ", writes/s of " + WRITERS + " writers",
          Math.round((WRITES - tickets.get()) / seconds));
      for (Thread thread : threads) {
        thread.join();
      }
    }
    try (Gateway gateway = Gateway.start(folder, Map.of())) {
      Figures.showMillis("kill -9, round " + round + ", restart until it serves", System.nanoTime() - gateway.begun());
      writers.forEach(writer -> writer.verify(gateway));
      sound(gateway.admin());
      gateway.admin().form("POST", "/consumers", "username", "after" + round).expect(201);
    }
    return writers;
  }

  /** Every row that is listed can be read, and none points to one that is not there. */
  private static void sound(Http admin) {
    for (String type : List.of("services", "routes", "upstreams", "consumers")) {
      for (JsonObject row : list(admin, "/" + type)) {
        admin.get("/" + type + "/" + row.getString("id")).expect(200);
        if (type.equals("routes")) {
          admin.get("/services/" + row.getJsonObject("service").getString("id")).expect(200);
        }
      }
    }
    int targets = 0;
    for (JsonObject upstream : list(admin, "/upstreams")) {
      targets += list(admin, "/upstreams/" + upstream.getString("id") + "/targets").size();
    }
    assertThat(list(admin, "/tags/target")).as("all targets, those of no upstream included").hasSize(targets);
  }

  private static List<JsonObject> list(Http admin, String path) {
    List<JsonObject> rows = new ArrayList<>();
    String next = path;
    while (next != null) {
      JsonObject page = admin.get(next).expect(200).json();
      JsonArray data = page.getJsonArray("data");
      data.forEach(row -> rows.add((JsonObject) row));
      next = page.getString("next");
    }
    return rows;
  }
}
