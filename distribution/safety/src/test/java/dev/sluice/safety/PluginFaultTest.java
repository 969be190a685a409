package dev.sluice.safety;

import dev.sluice.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A plugin that fails takes its own request with it and no other (cases PF), and one that hangs gives its place back. */
class PluginFaultTest {

  private static Rig rig;

  @BeforeAll
  static void start() {
    rig = new Rig(Map.of("filter_timeout", "0.4", "filter_block_timeout", "0.5", "nginx_worker_processes", "2"));
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  private static Answer get(Trial trial, String path) {
    try (Wire wire = rig.wire()) {
      return trial.accepted(wire.send("GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").answer());
    }
  }

  private static void is(Trial trial, String filter, String does, int status) {
    int answered = get(trial, rig.faulty(filter, does)).status();
    trial.saw(does + " " + answered, answered == status, filter + " " + does);
    int other = get(trial, "/other").status();
    trial.saw("others " + other, other == 200, filter + " " + does);
  }

  @Test
  void throwsInEachPhase() {
    try (Trial trial = new Trial(rig, "PF-01", "a filter that throws, fails or gives nothing in ACCESS; throws in RESPONSE and later phases",
        "500; 500; the answer goes on; the log names the plugin").withErrors().uncounted()) {
      for (String does : List.of("throw", "fail", "null")) {
        is(trial, "faulty", does, 500);
      }
      is(trial, "faulty-whole", "response", 500);
      for (String does : List.of("header", "body", "log")) {
        is(trial, "faulty-later", does, 200);
      }
      // The LOG phase runs after the answer: its error may be later than the next answer.
      Await.until("the log names the plugin for each failure", () -> rig.errors().count("plugin faulty") >= 7);
      int named = rig.errors().count("plugin faulty");
      trial.saw("named " + named + " times", named == 7, rig.errors().take().toString());
    }
  }

  @Test
  void neverGoesOn() {
    try (Trial trial = new Trial(rig, "PF-02", "a filter whose future never completes", "504 at filter_timeout, nothing is left behind")
        .withErrors()) {
      is(trial, "faulty", "never", 504);
    }
  }

  @Test
  void holdsUpAnEventLoop() {
    try (Trial trial = new Trial(rig, "PF-03", "a filter that holds up its event loop for 1.5 s, again and again",
        "the log names it; others are served by the other loop; from the second time on 503 for its requests alone").withErrors().uncounted()) {
      String path = rig.faulty("faulty", "block");
      List<Wire> others = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        others.add(rig.wire().send("GET /other HTTP/1.1\r\nHost: h\r\n\r\n"));
        others.get(i).answer();
      }
      List<String> errors = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        try (Wire held = rig.wire().send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n")) {
          Waiting.within(10_000, () -> errors.addAll(rig.errors().take()) && errors.stream().anyMatch(error -> error.contains("holds up")));
          others.forEach(wire -> wire.send("GET /other HTTP/1.1\r\nHost: h\r\n\r\n"));
          // Half of them are on the loop that stands still; the other half must not notice.
          long answered = others.stream().filter(wire -> wire.patience(200).answer().status() == 200).count();
          trial.saw(answered > 0 ? "the other loop serves" : "nobody is served", answered > 0, answered + " of 8");
          int status = held.answer().status();
          trial.saw("its own " + status, status == 200, "request " + i);
        }
        others.forEach(Wire::close);
        others.clear();
        for (int wire = 0; wire < 8; wire++) {
          others.add(rig.wire());
        }
      }
      others.forEach(Wire::close);
      errors.addAll(rig.errors().take());
      boolean named = errors.stream().filter(error -> error.contains("plugin faulty") && error.contains("holds up event loop")).count() == 2;
      trial.saw(named ? "named twice" : "not named", named, errors.toString());
      int suspended = get(trial, path).status();
      trial.saw("then " + suspended, suspended == 503, "suspended");
      int other = get(trial, rig.faulty("faulty", "nothing")).status();
      trial.saw("the same filter elsewhere " + other, other == 200, "another instance");
    }
  }

  @Test
  void failsClosed() {
    try (Trial trial = new Trial(rig, "AU-07", "a filter of the phase ACCESS that throws, fails, gives nothing, overflows the stack or never goes on",
        "500 or 504, and the origin is never asked").withErrors()) {
      for (String does : List.of("throw", "fail", "null", "overflow", "deep", "never")) {
        int status = get(trial, rig.faulty("faulty", does)).status();
        trial.saw(String.valueOf(status), status == 500 || status == 504, does);
      }
    }
  }

  @Test
  void recursesWithoutEnd() {
    try (Trial trial = new Trial(rig, "PF-04", "a filter that exhausts the stack", "500 for its request; others are served")
        .withErrors()) {
      is(trial, "faulty", "deep", 500);
    }
  }

  @Test
  void answersTwice() {
    try (Trial trial = new Trial(rig, "PF-05", "a filter that answers twice; one that completes twice on another thread", "the first counts; 200")) {
      is(trial, "faulty", "twice", 418);
      is(trial, "faulty", "elsewhere", 200);
    }
  }
}
