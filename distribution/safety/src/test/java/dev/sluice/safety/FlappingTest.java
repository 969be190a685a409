package dev.sluice.safety;

import dev.sluice.testkit.RawOrigin;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** No answer ever reaches another client than the one who asked, whatever a target does meanwhile (case UF-12). */
@ExtendWith(Rig.Shared.class)
class FlappingTest {

  private static final int REQUESTS = Integer.getInteger("sluice.safety.tagged", Suite.times(6_000, 1_000_000));
  private static final int CLIENTS = 24;

  private final Rig rig;
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger right = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger gone = new AtomicInteger();
  private final List<String> wrong = new ArrayList<>();

  FlappingTest(Rig rig) {
    this.rig = rig;
  }

  private static String tag(String head) {
    int from = head.indexOf("?tag=") + 5;
    return head.substring(from, head.indexOf(' ', from));
  }

  private static String answer(String tag) {
    return "HTTP/1.1 200 OK\r\nX-Tag: " + tag + "\r\nContent-Length: " + tag.length() + "\r\n\r\n" + tag;
  }

  private static RawOrigin steady() {
    return new RawOrigin(
        call -> {
          call.send(answer(tag(call.head())));
          return true;
        });
  }

  /** Breaks off before, within and behind its answers, says too much, or comes too late. */
  private static RawOrigin flapping(long seed) {
    return new RawOrigin(
        call -> {
          String tag = tag(call.head());
          String answer = answer(tag);
          switch (new Random(seed + call.number()).nextInt(12)) {
            case 0 -> {
              call.reset();
              return false;
            }
            case 1 -> {
              call.send(answer.substring(0, answer.length() - 3));
              return false;
            }
            case 2 -> call.send(answer + answer);
            case 3 -> {
              call.send(answer);
              return false;
            }
            case 4 -> {
              LockSupport.parkNanos(3_000_000);
              call.send(answer);
            }
            case 5 -> {
              call.send(answer.substring(0, 30));
              LockSupport.parkNanos(2_000_000);
              call.send(answer.substring(30));
            }
            default -> call.send(answer);
          }
          return true;
        });
  }

  @Test
  void eachGetsItsOwn() throws InterruptedException {
    long seed = Suite.seed();
    try (Trial trial = new Trial(rig, "UF-12", REQUESTS + " tagged requests of " + CLIENTS + " clients, one of three targets flaps, seed " + seed,
            "no answer reaches the wrong client").uncounted();
        RawOrigin one = steady();
        RawOrigin two = steady();
        RawOrigin bad = flapping(seed)) {
      String path = rig.pathTo(new JsonObject().put("retries", 2), one.port(), two.port(), bad.port());
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Random random = new Random(seed + i);
        int client = i;
        Thread thread = new Thread(() -> ask(path, client, random), "tagged-" + i);
        thread.start();
        clients.add(thread);
      }
      for (Thread client : clients) {
        client.join();
      }
      wrong.forEach(each -> trial.saw("wrong", false, each));
      trial.saw(right + " right, " + failed + " broken off or refused, " + gone + " left by their clients",
          right.get() > REQUESTS / 2, "all");
    }
  }

  private void ask(String path, int client, Random random) {
    Wire wire = rig.wire();
    for (int mine = sent.incrementAndGet(); mine <= REQUESTS; mine = sent.incrementAndGet()) {
      String tag = client + "-" + mine + "-" + Integer.toHexString(random.nextInt());
      wire.send("GET " + path + "?tag=" + tag + " HTTP/1.1\r\nHost: h\r\n\r\n");
      if (random.nextInt(50) == 0) {
        // Its answer must not be the next one's.
        gone.incrementAndGet();
        wire.close();
        wire = rig.wire();
        continue;
      }
      Answer answer = wire.answer();
      boolean whole = answer.whole() && answer.status() == 200;
      if (whole && answer.body().equals(tag) && answer.header("x-tag").equals(tag)) {
        right.incrementAndGet();
      } else if (whole || !answer.header("x-tag").isEmpty() && !answer.header("x-tag").equals(tag)) {
        synchronized (wrong) {
          wrong.add(tag + " got " + answer.head() + answer.body());
        }
      } else {
        failed.incrementAndGet();
      }
      if (!answer.whole()) {
        wire.close();
        wire = rig.wire();
      }
    }
    wire.close();
  }
}
