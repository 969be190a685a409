package dev.sluice.safety;

import dev.sluice.kernel.pipeline.PathForm;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** No way of writing a path leads around what is configured for it (cases PN). */
@ExtendWith(Rig.Shared.class)
class PathTest {

  private static final int PATHS = Integer.getInteger("sluice.safety.requests", Suite.times(1_500, 1_000_000));
  private static final String ALPHABET = "/.%aA2e5fFc;:?#\\\u00e9~-_ +*";
  private static final List<String> PIECES =
      List.of("admin", "api", "..", ".", "/", "//", "%2e", "%2E%2e", "%2f", "%5c", "%00", "%25", "%41", "%c3%a9", "\u00c3\u00a9", ";x=1",
          "%3b", "ADMIN", "\\", "a", "%61dmin", "?", "%3f", "%23", "%ff", "@", ":", "%7f", "%20", "+");

  private final Rig rig;

  PathTest(Rig rig) {
    this.rig = rig;
  }

  private Answer get(Trial trial, String target) {
    try (Wire wire = rig.wire()) {
      return trial.accepted(wire.send("GET " + target + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").answer());
    }
  }

  /** What the origin was asked for, or what was answered instead. */
  private String outcome(Trial trial, String target) {
    int before = rig.origin.parsed();
    Answer answer = get(trial, target);
    return answer.fromOrigin() ? rig.origin.since(before).get(0).target() : String.valueOf(answer.status());
  }

  private void is(Trial trial, String target, String expected) {
    String outcome = outcome(trial, target);
    trial.saw(outcome, outcome.equals(expected), target + " for " + expected);
  }

  @Test
  void waysOutOfAStrippedPath() {
    try (Trial trial = new Trial(rig, "PN-01", "ways from the public /api to /admin", "400, or 401, or a path below /public")) {
      is(trial, "/admin", "401");
      is(trial, "/api/admin", "/public/admin");
      for (String target : List.of("/api/../admin", "/api/%2e%2e/admin", "/api/.%2e/admin", "/api/%2E./admin", "/x/../admin",
          "/api/a/../../admin", "//admin", "/api/..//admin", "/%61dmin", "/./admin")) {
        is(trial, target, "401");
      }
      is(trial, "/api/../../admin", "400");
      for (String target : List.of("/api..%2fadmin", "/api../admin", "/api%2e%2e/admin", "/api/..%2fadmin", "/api/..%5cadmin",
          "/api\\..\\admin", "/api/%252e%252e/admin", "/api/..;/admin", "/api/..;/../admin")) {
        String outcome = outcome(trial, target);
        boolean elsewhere = outcome.equals("400") || PathForm.normalise(outcome).orElse("").startsWith("/public");
        trial.saw(outcome, elsewhere, target);
      }
    }
  }

  @Test
  void oneForm() {
    try (Trial trial = new Trial(rig, "PN-02", "several ways to write /admin", "one form for match, authentication and forwarding")) {
      for (String target : List.of("//admin", "/./admin", "/admin/.", "/admin/", "///admin//x", "/admin?x", "/admin;x=1", "/admin%3bx",
          "/%61%64%6d%69%6e", "/admin#x", "/admin%2fx")) {
        is(trial, target, "401");
      }
      is(trial, "/ADMIN", "/ADMIN");
      is(trial, "/a//b/./c/../d/.", "/a/b/d/");
      is(trial, "/a;x=1", "/a;x=1");
      is(trial, "/a%3bx", "/a%3Bx");
    }
  }

  @Test
  void oddBytes() {
    try (Trial trial = new Trial(rig, "PN-03", "encoded and raw bytes that others read differently", "400, or what is matched is what is sent")) {
      for (String target : List.of("/%zz", "/%", "/%a", "/%u002e", "/a%00b", "/%2e%2e/x", "/a/../../x")) {
        is(trial, target, "400");
      }
      is(trial, "/a%2fb", "/a%2Fb");
      is(trial, "/a%5cb", "/a%5Cb");
      is(trial, "/a\\b", "/a%5Cb");
      is(trial, "/a%23b", "/a%23b");
      is(trial, "/a#x", "/a");
      is(trial, "/a%3fb", "/a%3Fb");
      is(trial, "/%c0%ae%c0%ae/x", "/%C0%AE%C0%AE/x");
      is(trial, "/%252e%252e/x", "/%252e%252e/x");
      is(trial, "/\u00c3\u00a9", "/%C3%A9");
      is(trial, "/%c3%a9", "/%C3%A9");
      is(trial, "/a%0d%0aX:%20y", "/a%0D%0AX:%20y");
    }
  }

  @Test
  void slowPatterns() {
    try (Trial trial = new Trial(rig, "PN-04", "a route with (a+)+$ and a path of 8,000 letters", "linear time: far below a second")) {
      JsonObject service = rig.service(new JsonObject().put("port", rig.origin.port()));
      JsonObject route =
          rig.route(service, new JsonObject().put("paths", new JsonArray().add("~/slow/(a+)+$")).put("strip_path", false));
      get(trial, "/slow/a");
      long from = System.nanoTime();
      Answer answer = get(trial, "/slow/" + "a".repeat(7_900) + "!");
      long millis = (System.nanoTime() - from) / 1_000_000;
      trial.saw(String.valueOf(answer.status()), answer.status() == 200, "answer");
      trial.saw("within a second", millis < 1000, millis + " ms");
      rig.gateway.delete(dev.sluice.api.entity.CoreEntities.ROUTES, route.getString("id"));
    }
  }

  @Test
  void methods() {
    try (Trial trial = new Trial(rig, "PN-05", "TRACE, CONNECT, lower case, methods in headers", "405, 400; the header is just one")) {
      trial.refused("TRACE / HTTP/1.1\r\nHost: h\r\n\r\n", 405);
      trial.refused("CONNECT h:80 HTTP/1.1\r\nHost: h\r\n\r\n", 405);
      trial.refused("get / HTTP/1.1\r\nHost: h\r\n\r\n");
      trial.refused("Get / HTTP/1.1\r\nHost: h\r\n\r\n");
      trial.refused("G(T / HTTP/1.1\r\nHost: h\r\n\r\n");
      for (String name : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
        String answers = trial.exchange("POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + name + ": DELETE\r\n\r\n").get(0).body();
        trial.saw(answers, answers.startsWith("POST /"), name);
      }
    }
  }

  /** The route that is chosen is the one that the path would choose which the origin gets. */
  @Test
  void whatIsMatchedIsWhatIsSent() {
    long seed = Suite.seed();
    Random random = new Random(seed);
    try (Trial trial = new Trial(rig, "PN-06", PATHS + " random paths, seed " + seed, "the path that is sent is matched the same way")) {
      rig.origin.forgetful(Suite.full());
      try (Client client = new Client(rig)) {
        for (int i = 0; i < PATHS; i++) {
          String path = path(random);
          Answer answer = client.get(trial, path);
          int status = answer.status();
          if (!answer.fromOrigin()) {
            trial.saw(String.valueOf(status), status == 400 || status == 401 || status == 414, path);
          } else {
            String sent = answer.body().split(" ", -1)[1];
            int question = sent.indexOf('?');
            String form = PathForm.normalise(question < 0 ? sent : sent.substring(0, question)).map(PathForm::escape).orElse("none");
            trial.saw("matched as sent", sent.startsWith(form) && !form.startsWith("/admin"), path + " as " + sent);
          }
        }
      }
      rig.origin.forgetful(false);
    }
  }

  private static String path(Random random) {
    StringBuilder path = new StringBuilder("/");
    for (int i = random.nextInt(8); i >= 0; i--) {
      if (random.nextInt(3) > 0) {
        path.append(PIECES.get(random.nextInt(PIECES.size())));
      } else {
        path.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
      if (random.nextInt(3) == 0) {
        path.append('/');
      }
    }
    return path.toString();
  }

  /** A connection that is opened again after each refusal. */
  private static final class Client implements AutoCloseable {
    private final Rig rig;
    private Wire wire;

    Client(Rig rig) {
      this.rig = rig;
      this.wire = rig.wire();
    }

    Answer get(Trial trial, String path) {
      Answer answer = trial.accepted(wire.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").answer());
      if (answer.header("connection").equals("close") || !answer.whole()) {
        wire.close();
        wire = rig.wire();
      }
      return answer;
    }

    @Override
    public void close() {
      wire.close();
    }
  }
}
