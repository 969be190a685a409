package dev.sluice.plugins.explain;

import dev.sluice.api.explain.Explanation.Head;
import dev.sluice.api.explain.Explanation.Outgoing;
import dev.sluice.api.explain.Explanation.Way;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What would be sent, and to whom, as people read it. */
final class OutgoingView {

  private final Outgoing outgoing;
  private final List<String> notes;

  /**
   * Makes one.
   *
   * @param notes to be added to
   */
  OutgoingView(Outgoing outgoing, List<String> notes) {
    this.outgoing = outgoing;
    this.notes = notes;
  }

  JsonObject json() {
    JsonArray targets = new JsonArray();
    outgoing.ways().forEach(way -> targets.add(target(way)));
    JsonObject upstream = new JsonObject()
        .put("name", outgoing.upstream())
        .put("id", outgoing.upstreamId().orElse(null))
        .put("algorithm", outgoing.algorithm())
        .put("tls_name", outgoing.tlsName().orElse(null))
        .put("targets", targets);
    if (outgoing.ways().stream().anyMatch(way -> way.chance().isEmpty())) {
      notes.add("the balancer does not tell its chances");
    }
    return new JsonObject()
        .put("upstream", upstream)
        .put("request", likeliest().map(way -> head(way.head())).orElse(null));
  }

  /** All that differs from target to target is the host. */
  private Optional<Way> likeliest() {
    return outgoing.ways().stream().max(Comparator.comparingDouble(way -> way.chance().orElse(0)));
  }

  private static JsonObject target(Way way) {
    return new JsonObject()
        .put("target", way.target().target().target())
        .put("address", way.target().address())
        .put("port", way.target().port())
        .put("weight", way.target().weight())
        .put("healthy", way.target().healthy())
        .put("in_flight", way.target().inFlight())
        .put("chance", way.chance().isPresent() ? (Object) way.chance().getAsDouble() : null)
        .put("host_header", host(way.head()));
  }

  private static String host(Head head) {
    return head.headers().stream()
        .filter(line -> line.getKey().toLowerCase(Locale.ROOT).equals("host"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  private JsonObject head(Head head) {
    JsonArray headers = new JsonArray();
    for (Map.Entry<String, String> line : head.headers()) {
      headers.add(new JsonObject().put("name", line.getKey()).put("value", line.getValue()));
      if (line.getKey().equalsIgnoreCase("Transfer-Encoding")) {
        notes.add("a chunked body that is short enough to be collected goes on with its Content-Length");
      } else if (line.getKey().equalsIgnoreCase("X-Kong-Request-Id")) {
        notes.add("X-Kong-Request-Id is another one for each request");
      }
    }
    return new JsonObject().put("line", head.line()).put("headers", headers);
  }
}
