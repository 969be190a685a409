package dev.sluice.conformance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/** Writes entities of its own, one after another, until the gateway is gone, and knows what must be there then. */
final class Writer implements Runnable {

  private final Http admin;
  private final String name;
  private final String backend;
  private final AtomicInteger tickets;
  private final Map<String, Predicate<Http.Reply>> expected = new LinkedHashMap<>();
  private Optional<Open> open = Optional.empty();
  private Optional<Throwable> problem = Optional.empty();
  private String proxied = "";
  private int acknowledged;
  private boolean found;

  /** A write without an answer, and how it looks when it was done nevertheless. */
  private record Open(String path, Predicate<Http.Reply> done) {}

  Writer(Http admin, String name, String backend, AtomicInteger tickets) {
    this.admin = admin;
    this.name = name;
    this.backend = backend;
    this.tickets = tickets;
  }

  @Override
  public void run() {
    try {
      int number = 0;
      while (open.isEmpty() && tickets.get() > 0) {
        chapter(name + "-" + number++);
      }
    } catch (RuntimeException | AssertionError e) {
      problem = Optional.of(e);
    }
  }

  /** Each write makes or changes several fields at once, so that a half of it could be told from the whole. */
  private void chapter(String own) {
    String service = "/services/" + own;
    write("POST", "/services", service, service(own, "/first"));
    write("POST", service + "/routes", "/routes/" + own, route(own));
    if (open.isEmpty()) {
      proxied = "/" + own;
    }
    write("PATCH", service, service, service(own, "/second"));
    String upstream = "/upstreams/" + own;
    write("POST", "/upstreams", upstream, new JsonObject().put("name", own).put("slots", 100).put("tags", tags("upstream")));
    for (String target : new String[] {"127.0.0.1:1001", "127.0.0.1:1002"}) {
      write("POST", upstream + "/targets", upstream + "/targets/" + target, target(target));
    }
    if (own.hashCode() % 2 == 0) {
      delete(upstream);
    }
  }

  private JsonObject service(String own, String path) {
    return new JsonObject()
        .put("name", own)
        .put("url", "http://" + backend + path)
        .put("retries", path.length())
        .put("tags", tags(path.substring(1)));
  }

  private static JsonObject route(String own) {
    return new JsonObject().put("name", own).put("paths", new JsonArray().add("/" + own)).put("tags", tags("route"));
  }

  private static JsonObject target(String target) {
    return new JsonObject().put("target", target).put("weight", 7).put("tags", tags("target"));
  }

  private static JsonArray tags(String tag) {
    return new JsonArray().add(tag);
  }

  private void write(String method, String path, String seenAt, JsonObject body) {
    if (!take()) {
      return;
    }
    try {
      JsonObject answer = admin.json(method, path, body).expect(method.equals("POST") ? 201 : 200).json();
      acknowledged(seenAt, reply -> reply.status() == 200 && reply.json().equals(answer));
    } catch (UncheckedIOException gone) {
      JsonObject shown = body.copy();
      if (shown.remove("url") instanceof String url) {
        shown.put("path", url.substring(url.lastIndexOf('/')));
      }
      unanswered(seenAt, reply -> reply.status() == 200 && holds(reply.json(), shown));
    }
  }

  private void delete(String path) {
    if (!take()) {
      return;
    }
    try {
      admin.delete(path).expect(204);
      expected.keySet().removeIf(seen -> seen.startsWith(path + "/"));
      acknowledged(path, Writer::absent);
    } catch (UncheckedIOException gone) {
      expected.keySet().removeIf(seen -> seen.startsWith(path + "/"));
      unanswered(path, Writer::absent);
    }
  }

  private boolean take() {
    return open.isEmpty() && tickets.getAndDecrement() > 0;
  }

  private void acknowledged(String path, Predicate<Http.Reply> looks) {
    acknowledged++;
    expected.put(path, looks);
  }

  private void unanswered(String path, Predicate<Http.Reply> done) {
    open = Optional.of(new Open(path, done));
    Predicate<Http.Reply> before = expected.getOrDefault(path, Writer::absent);
    expected.put(path, before.or(done));
  }

  private static boolean absent(Http.Reply reply) {
    return reply.status() == 404;
  }

  private static boolean holds(JsonObject row, JsonObject fields) {
    return row.getString("id") != null
        && row.getNumber("created_at") != null
        && fields.stream().allMatch(field -> field.getValue().equals(row.getValue(field.getKey())));
  }

  /** Looks at everything it has written, through a gateway that was started after. */
  void verify(Gateway gateway) {
    assertThat(problem).as("what went wrong while " + name + " wrote").isEmpty();
    Http reader = gateway.admin();
    expected.forEach(
        (path, looks) -> {
          Http.Reply reply = reader.get(path);
          assertThat(looks.test(reply)).as(path + " is " + reply.status() + " " + reply.body()).isTrue();
        });
    found = open.filter(write -> write.done().test(reader.get(write.path()))).isPresent();
    if (!proxied.isEmpty()) {
      gateway.proxy().get(proxied).expect(200);
    }
  }

  int acknowledged() {
    return acknowledged;
  }

  int unanswered() {
    return open.isPresent() ? 1 : 0;
  }

  int found() {
    return found ? 1 : 0;
  }
}
