package dev.sluice.plugins.traffic;

import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityType;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** {@code GET /traffic}: rates, statuses and latencies of the last minutes. */
final class TrafficEndpoint {

  /** Further rows that are looked at, in case some of the busiest are of entities that are gone. */
  private static final int IN_RESERVE = 20;

  /** Event loops hand over a second a tenth of a second after its end. */
  private static final int LATE_MILLIS = 200;

  private static final int MOST_ROWS = 100;

  /** What requests may be told apart by. */
  private static final Map<String, Kind> KINDS = Map.of(
      "service", new Kind("service", CoreEntities.SERVICES, Place::service),
      "route", new Kind("route", CoreEntities.ROUTES, Place::route),
      "upstream", new Kind("upstream", CoreEntities.UPSTREAMS, Place::upstream));

  private record Kind(String word, EntityType<?> type, Function<Place, String> id) {}

  private final PluginContext context;
  private final Counts counts;
  private final Names names;

  TrafficEndpoint(PluginContext context, Counts counts, Names names) {
    this.context = context;
    this.counts = counts;
    this.names = names;
  }

  Future<AdminResponse> answer(AdminCall call) {
    counts.asked();
    Arguments arguments = new Arguments(call.request());
    Kind kind = KINDS.get(arguments.word("by", "service", List.of("service", "route", "upstream")));
    int step = arguments.number("step", 1, 1, 60);
    int seconds = arguments.number("seconds", 60, step, Counts.KEPT_SECONDS);
    int size = arguments.number("size", 20, 0, MOST_ROWS);
    long until = (context.clock().millis() - LATE_MILLIS) / 1000;
    // Steps begin at the same moments whenever it is asked, so that a chart does not tremble; the last one may be under way.
    long from = -Math.floorDiv(seconds - until, step) * step;
    return names.wanted(call.workspace(), arguments, "").compose(wanted -> {
      Survey survey = new Survey(wanted, kind.id(), from, until, step);
      return context.blocking(() -> survey.read(counts, size + IN_RESERVE)).compose(found ->
          rows(call.workspace(), kind, found).map(rows -> AdminResponse.json(200, new JsonObject()
              .put("by", kind.word())
              .put("from", from)
              .put("until", until)
              .put("step", step)
              .put("since", counts.since())
              .put("rows_from", found.apartFrom())
              .put("total", found.total())
              .put("data", new JsonArray(rows.subList(0, Math.min(size, rows.size()))))
              .put("more", found.more() + Math.max(0, rows.size() - size)))));
    });
  }

  /** The rows of what is still there; requests that came to nothing of the kind are a row without an id. */
  private Future<List<JsonObject>> rows(String workspace, Kind kind, Survey.Found found) {
    List<Future<Optional<JsonObject>>> named = new ArrayList<>();
    for (Map.Entry<String, Survey.Row> row : found.rows().entrySet()) {
      named.add(
          name(workspace, kind, row.getKey())
              .map(name -> name.map(each -> row.getValue().json().mergeIn(each))));
    }
    return Future.all(named).map(all -> named.stream().flatMap(each -> each.result().stream()).toList());
  }

  private Future<Optional<JsonObject>> name(String workspace, Kind kind, String id) {
    if (Place.entity(id)) {
      return names.find(workspace, kind.type(), id);
    }
    return Future.succeededFuture(
        Optional.of(new JsonObject().putNull("id").put("name", id.isEmpty() ? null : Place.host(id))));
  }
}
