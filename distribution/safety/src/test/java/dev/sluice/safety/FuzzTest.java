package dev.sluice.safety;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Mutated requests by the thousand, by command by the million (case PS-18). Whatever they are, the gateway never fails, never
 * hangs on what is a whole request, never sends the origin what it did not make itself, and keeps nothing of them.
 */
@ExtendWith(Rig.Shared.class)
class FuzzTest {

  private static final int REQUESTS = Integer.getInteger("sluice.safety.requests", Suite.times(1_200, 1_000_000));
  private static final int CLIENTS = 16;

  /** So long is waited for what may never come, since the request is not whole. */
  private static final int SHORT_MILLIS = 20;

  private final Rig rig;
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicInteger silences = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

  FuzzTest(Rig rig) {
    this.rig = rig;
  }

  private static List<byte[]> corpus() {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/corpus"))) {
      List<byte[]> all = new ArrayList<>();
      for (Path file : files.filter(each -> each.toString().endsWith(".http")).sorted().toList()) {
        all.add(Files.readAllBytes(file));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void mutatedRequests() throws InterruptedException {
    long seed = Suite.seed();
    List<byte[]> corpus = corpus();
    try (Trial trial = new Trial(rig, "PS-18", REQUESTS + " mutated requests, seed " + seed,
        "no 500, no hang, no request that the gateway has not made, no leak").uncounted()) {
      rig.origin.forgetful(Suite.full());
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Mutator mutator = new Mutator(new Random(seed + i), corpus);
        Thread thread = new Thread(() -> work(mutator), "fuzz-" + i);
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      rig.origin.forgetful(false);
      failures.forEach(failure -> trial.saw("failure", false, failure));
      trial.saw(answers + " answered by the origin, " + refusals + " refused, " + silences + " not whole", answers.get() > 0, "all");
    }
  }

  private void work(Mutator mutator) {
    while (sent.incrementAndGet() <= REQUESTS && failures.size() < 20) {
      byte[] bytes = mutator.next();
      try {
        one(bytes);
      } catch (RuntimeException e) {
        failures.add(text(bytes) + " made " + e);
      }
    }
  }

  private void one(byte[] bytes) {
    int whole = whole(bytes);
    try (Wire wire = rig.wire()) {
      wire.patience(whole > 0 ? 10_000 : SHORT_MILLIS).send(bytes);
      int got = 0;
      while (true) {
        Answer answer = wire.answer(head(bytes, got));
        if (answer.status() >= 500 && answer.status() != 502 || answer.status() == 502 && !answer.head().contains("X-Kong-Upstream-Latency")) {
          failures.add(text(bytes) + " -> " + answer);
        }
        answers.addAndGet(answer.fromOrigin() ? 1 : 0);
        refusals.addAndGet(!answer.fromOrigin() && answer.status() > 0 ? 1 : 0);
        silences.addAndGet(answer.status() == Answer.SILENCE ? 1 : 0);
        got += answer.status() >= 200 ? 1 : 0;
        if (!answer.whole()) {
          if (answer.status() == Answer.SILENCE && got < whole) {
            failures.add(text(bytes) + " is " + whole + " requests and got " + got + " answers");
          }
          return;
        }
        if (got >= whole) {
          wire.patience(SHORT_MILLIS);
        }
      }
    }
  }

  /** How many whole and sound requests the bytes begin with, for which there must be as many answers, or a refusal. */
  private static int whole(byte[] bytes) {
    InputStream in = new ByteArrayInputStream(bytes);
    int whole = 0;
    try {
      while (true) {
        Message request = Message.read(in);
        whole++;
        if (!request.values("connection").isEmpty() || !request.values("expect").isEmpty()) {
          return whole;
        }
      }
    } catch (IOException e) {
      return whole;
    }
  }

  /** Whether the answer with a number is that to a HEAD. */
  private static boolean head(byte[] bytes, int number) {
    InputStream in = new ByteArrayInputStream(bytes);
    try {
      for (int i = 0; i < number; i++) {
        Message.read(in);
      }
      byte[] start = in.readNBytes(5);
      return new String(start, StandardCharsets.ISO_8859_1).equals("HEAD ");
    } catch (IOException e) {
      return false;
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
  }
}
