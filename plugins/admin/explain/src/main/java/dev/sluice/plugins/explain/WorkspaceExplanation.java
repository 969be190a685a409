package dev.sluice.plugins.explain;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.explain.Explainer;
import dev.sluice.api.explain.Explanation;
import dev.sluice.api.explain.SampleRequest;
import dev.sluice.api.routing.RouteCandidate;
import dev.sluice.api.routing.RouteDefinition;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An explanation for those who may see one workspace: requests meet the routes of all, and only its own are shown. */
final class WorkspaceExplanation {

  static final String ELSEWHERE = "a route of another workspace takes this request: what becomes of it is told there";
  static final String GLOBAL = "plugins that run without a route belong to the default workspace and are not listed";

  private final Explainer explainer;
  private final Entities entities;

  /**
   * Makes one.
   *
   * @param entities of the workspace
   */
  WorkspaceExplanation(Explainer explainer, Entities entities) {
    this.explainer = explainer;
    this.entities = entities;
  }

  /** A whole explanation, and which of its routes may be seen. */
  private record Seen(Explanation whole, Set<String> own) {

    boolean sees(RouteDefinition definition) {
      return own.contains(definition.route().id());
    }

    boolean mine() {
      return whole.match().map(match -> sees(match.definition())).orElse(false);
    }
  }

  /** A name of a consumer means somebody of the route's workspace: it is asked for when that is known to be this one. */
  Future<JsonObject> answer(SampleRequest sample) {
    return see(nobodys(sample))
        .compose(seen -> seen.mine() && sample.consumer().isPresent() ? see(sample) : Future.succeededFuture(seen))
        .map(WorkspaceExplanation::json);
  }

  private static SampleRequest nobodys(SampleRequest sample) {
    return new SampleRequest(
        sample.method(),
        sample.target(),
        sample.version(),
        sample.secure(),
        sample.port(),
        sample.headers(),
        sample.clientAddress(),
        sample.serverName(),
        Optional.empty());
  }

  private Future<Seen> see(SampleRequest sample) {
    return explainer.explain(sample).compose(whole -> own(whole).map(own -> new Seen(whole, own)));
  }

  private Future<Set<String>> own(Explanation whole) {
    Stream<RouteDefinition> met = whole.match().stream().map(match -> match.definition());
    List<Future<Optional<JsonObject>>> found =
        Stream.concat(met, whole.candidates().stream().map(RouteCandidate::definition))
            .map(definition -> definition.route().id())
            .distinct()
            .map(id -> entities.find(CoreEntities.ROUTES, new EntityKey.Id(id)))
            .toList();
    return Future.all(found)
        .map(all -> found.stream()
            .flatMap(each -> each.result().stream())
            .map(row -> row.getString("id"))
            .collect(Collectors.toSet()));
  }

  private static JsonObject json(Seen seen) {
    Explanation whole = seen.whole();
    List<RouteCandidate> candidates =
        whole.candidates().stream().filter(each -> seen.sees(each.definition())).toList();
    if (seen.mine()) {
      return new ExplanationView(
              new Explanation(
                  whole.version(),
                  whole.port(),
                  whole.match(),
                  candidates,
                  whole.consumer(),
                  whole.filters(),
                  whole.choices(),
                  whole.ending(),
                  whole.outgoing()))
          .json();
    }
    boolean elsewhere = whole.match().isPresent();
    JsonObject json = new ExplanationView(
            new Explanation(
                whole.version(),
                whole.port(),
                Optional.empty(),
                candidates,
                Optional.empty(),
                List.of(),
                List.of(),
                elsewhere ? Optional.empty() : whole.ending(),
                Optional.empty()))
        .json();
    if (elsewhere) {
      json.putNull("sent").getJsonArray("notes").add(ELSEWHERE);
    } else if (!whole.filters().isEmpty()) {
      json.getJsonArray("notes").add(GLOBAL);
    }
    return json;
  }
}
