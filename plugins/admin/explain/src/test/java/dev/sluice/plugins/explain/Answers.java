package dev.sluice.plugins.explain;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds an explanation against what has become of the very request. */
final class Answers {

  private Answers() {}

  /**
   * Compares.
   *
   * @return the group that the request went to, or how it ended, to be counted
   */
  static String compare(Asked asked, JsonObject explained, HttpClientResponse head, Buffer body) {
    String what = asked + "\nexplained: " + explained.encodePrettily() + "\nreal: " + head.statusCode() + " "
        + head.headers().entries() + "\n" + body;
    JsonObject route = explained.getJsonObject("route");
    JsonObject ending = explained.getJsonObject("answer");
    boolean refused = ending != null && List.of("parser", "request").contains(ending.getString("by"));
    if (!refused) {
      assertThat(head.getHeader("X-Route")).as("route of %s", what).isEqualTo(route == null ? "-" : route.getString("id"));
      JsonObject service = explained.getJsonObject("service");
      assertThat(head.getHeader("X-Service"))
          .as("service of %s", what)
          .isEqualTo(service == null ? "-" : service.getString("id"));
      assertThat(head.headers().getAll("X-Marks")).as("plugins of %s", what).isEqualTo(marks(explained));
    }
    if (explained.getJsonArray("strategies").stream().anyMatch(each -> ((JsonObject) each).getBoolean("by_chance"))) {
      return "by chance";
    }
    if (ending != null) {
      assertThat(head.statusCode()).as(what).isEqualTo(ending.getInteger("status"));
      assertThat(head.getHeader("Location")).as(what).isEqualTo(ending.getJsonObject("headers").getString("Location"));
      if (ending.getString("message") != null && !refused && !ending.getString("by").equals("balancer")) {
        assertThat(body.toString()).as(what).contains(ending.getString("message"));
      }
      return ending.getString("by") + " " + ending.getInteger("status");
    }
    assertThat(head.statusCode()).as(what).isEqualTo(200);
    JsonObject received = body.toJsonObject();
    JsonObject request = explained.getJsonObject("request");
    assertThat(received.getString("method") + " " + received.getString("uri") + " HTTP/1.1")
        .as("request line of %s", what)
        .isEqualTo(request.getString("line"));
    JsonObject target = target(explained, received.getInteger("backend"), what);
    Map<String, List<String>> promised = lines(request.getJsonArray("headers"));
    promised.put("host", List.of(target.getString("host_header")));
    assertThat(lines(received.getJsonObject("headers"))).as("headers of %s", what).isEqualTo(promised);
    return String.valueOf(explained.getString("group"));
  }

  /** The target that the request went to, which must have had a chance. */
  private static JsonObject target(JsonObject explained, int port, String what) {
    for (Object each : explained.getJsonObject("upstream").getJsonArray("targets")) {
      JsonObject target = (JsonObject) each;
      if (target.getInteger("port") == port) {
        assertThat(target.getDouble("chance")).as("chance of %d for %s", port, what).isPositive();
        return target;
      }
    }
    throw new AssertionError("nobody told of " + port + " for " + what);
  }

  private static List<String> marks(JsonObject explained) {
    List<String> marks = new ArrayList<>();
    for (Object each : explained.getJsonArray("plugins")) {
      JsonObject plugin = (JsonObject) each;
      if (plugin.getString("name").endsWith("mark")) {
        JsonObject scope = plugin.getJsonObject("scope");
        marks.add(scope.size() > 1 ? "both" : scope.fieldNames().iterator().next());
      }
    }
    return marks;
  }

  private static Map<String, List<String>> lines(JsonArray headers) {
    Map<String, List<String>> lines = new TreeMap<>();
    for (Object each : headers) {
      JsonObject line = (JsonObject) each;
      add(lines, line.getString("name"), line.getString("value"));
    }
    return lines;
  }

  private static Map<String, List<String>> lines(JsonObject headers) {
    Map<String, List<String>> lines = new TreeMap<>();
    headers.fieldNames().forEach(name -> headers.getJsonArray(name).forEach(value -> add(lines, name, String.valueOf(value))));
    return lines;
  }

  /** Of the id there is another one for each request. */
  private static void add(Map<String, List<String>> lines, String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!lower.equals("x-kong-request-id")) {
      lines.computeIfAbsent(lower, none -> new ArrayList<>()).add(value);
    }
  }
}
