package dev.sluice.plugins.explain;

import dev.sluice.api.deployment.Selection;
import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.explain.Explanation;
import dev.sluice.api.explain.Explanation.Choice;
import dev.sluice.api.explain.Explanation.Ending;
import dev.sluice.api.explain.Explanation.PlannedFilter;
import dev.sluice.api.filter.Phase;
import dev.sluice.api.request.Answer;
import dev.sluice.api.routing.RouteCandidate;
import dev.sluice.api.routing.RouteMatch;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** An explanation as people read it. */
final class ExplanationView {

  private final Explanation explanation;
  private final List<String> notes = new ArrayList<>();

  ExplanationView(Explanation explanation) {
    this.explanation = explanation;
  }

  JsonObject json() {
    JsonObject out = new JsonObject()
        .put("configuration", explanation.version())
        .put("listener", explanation.port())
        .put("sent", explanation.ending().isEmpty())
        .put("answer", explanation.ending().map(ExplanationView::ending).orElse(null))
        .put("route", explanation.match().map(this::route).orElse(null));
    List<RouteCandidate> others = explanation.match().isPresent()
        ? explanation.candidates().subList(Math.min(1, explanation.candidates().size()), explanation.candidates().size())
        : explanation.candidates();
    out.put(explanation.match().isPresent() ? "runners_up" : "nearly", array(others, ExplanationView::candidate))
        .put("service", explanation.match().flatMap(found -> found.definition().service()).map(ExplanationView::service).orElse(null))
        .put("consumer", explanation.consumer().map(ExplanationView::consumer).orElse(null))
        .put("plugins", array(explanation.filters(), ExplanationView::plugin))
        .put("strategies", array(explanation.choices(), this::strategy));
    last().ifPresent(choice -> out
        .put("group", group(choice.selection().group()))
        .put("reason", choice.selection().reason()));
    explanation.outgoing().ifPresent(sent -> out.mergeIn(new OutgoingView(sent, notes).json()));
    note();
    return out.put("notes", new JsonArray(notes));
  }

  private Optional<Choice> last() {
    List<Choice> choices = explanation.choices();
    return choices.isEmpty() ? Optional.empty() : Optional.of(choices.get(choices.size() - 1));
  }

  private void note() {
    List<String> before = explanation.filters().stream()
        .filter(each -> each.phases().contains(Phase.REWRITE) || each.phases().contains(Phase.ACCESS))
        .map(each -> each.plugin().name())
        .toList();
    if (!before.isEmpty()) {
      notes.add("not run, and may change the request, answer it, or send it elsewhere: " + String.join(", ", before));
    }
    List<String> guards = explanation.filters().stream()
        .filter(PlannedFilter::authenticates)
        .map(each -> each.plugin().name())
        .toList();
    if (!guards.isEmpty()) {
      notes.add(explanation.consumer().isPresent()
          ? "taken for the consumer as given, without the credential that is asked for by: " + String.join(", ", guards)
          : "without a consumer it is likely to be refused by: " + String.join(", ", guards));
    } else if (explanation.consumer().isPresent()) {
      notes.add("no plugin of this route says who the client is: without this question it would be nobody");
    }
    explanation.choices().stream()
        .filter(Choice::byChance)
        .forEach(each -> notes.add(each.plugin().name() + ": chance decides; the same request may go another way"));
  }

  private static <T> JsonArray array(List<T> all, Function<T, JsonObject> shown) {
    JsonArray array = new JsonArray();
    all.forEach(each -> array.add(shown.apply(each)));
    return array;
  }

  private static JsonObject ending(Ending ending) {
    Answer answer = ending.answer();
    JsonObject headers = new JsonObject();
    answer.headers().forEach(line -> headers.put(line.getKey(), line.getValue()));
    return new JsonObject()
        .put("by", ending.by())
        .put("status", answer.status())
        .put("message", answer.body() instanceof Answer.Body.Message message ? message.text() : null)
        .put("headers", headers);
  }

  private static JsonObject named(String id, Optional<String> name) {
    return new JsonObject().put("id", id).put("name", name.orElse(null));
  }

  private static JsonObject service(Service service) {
    return named(service.id(), service.name())
        .put("protocol", service.protocol())
        .put("host", service.host())
        .put("port", service.port())
        .put("path", service.path().orElse(null));
  }

  private static JsonObject consumer(Consumer consumer) {
    return named(consumer.id(), consumer.username());
  }

  private static JsonObject texts(Map<String, String> texts) {
    JsonObject out = new JsonObject();
    texts.forEach(out::put);
    return out;
  }

  private JsonObject route(RouteMatch match) {
    Route route = match.definition().route();
    JsonObject out = named(route.id(), route.name());
    if (!explanation.candidates().isEmpty()) {
      out.put("matched", texts(explanation.candidates().get(0).matched()));
    }
    return out
        .put("captures", new JsonObject()
            .put("numbered", new JsonArray(match.captures().numbered()))
            .put("named", texts(match.captures().named())))
        .put("regex_priority", route.regexPriority())
        .put("strip_path", route.stripPath())
        .put("preserve_host", route.preserveHost())
        .put("stripped_prefix", match.strippedPrefix())
        .put("upstream_path", match.upstreamPath());
  }

  private static JsonObject candidate(RouteCandidate candidate) {
    Route route = candidate.definition().route();
    JsonObject out = named(route.id(), route.name()).put("matched", texts(candidate.matched()));
    return candidate.matches()
        ? out.put("behind", candidate.behind())
        : out.put("missed", texts(candidate.missed()));
  }

  private static JsonObject scope(PluginConfig plugin) {
    JsonObject scope = new JsonObject();
    plugin.routeId().ifPresent(id -> scope.put("route", id));
    plugin.serviceId().ifPresent(id -> scope.put("service", id));
    plugin.consumerId().ifPresent(id -> scope.put("consumer", id));
    return scope.isEmpty() ? scope.put("global", true) : scope;
  }

  private static JsonObject plugin(PlannedFilter filter) {
    JsonArray phases = new JsonArray();
    filter.phases().forEach(phase -> phases.add(phase.name().toLowerCase(Locale.ROOT)));
    if (filter.strategy()) {
      phases.add("strategy");
    }
    boolean before = filter.phases().contains(Phase.REWRITE) || filter.phases().contains(Phase.ACCESS);
    return new JsonObject()
        .put("name", filter.plugin().name())
        .put("id", filter.plugin().id())
        .put("scope", scope(filter.plugin()))
        .put("phases", phases)
        .put("may_change_request", before)
        .put("authenticates", filter.authenticates());
  }

  private static String group(String group) {
    return group.equals(Selection.REST) ? null : group;
  }

  private JsonObject strategy(Choice choice) {
    JsonObject shares = new JsonObject();
    choice.status().shares().forEach((group, share) -> shares.put(group.isEmpty() ? "rest" : group, share));
    JsonObject out = new JsonObject()
        .put("name", choice.plugin().name())
        .put("id", choice.plugin().id())
        .put("scope", scope(choice.plugin()))
        .put("group", group(choice.selection().group()))
        .put("reason", choice.selection().reason())
        .put("phase", choice.status().phase())
        .put("shares", shares);
    choice.by().ifPresent(by -> out.put("by", by));
    Optional<String> key = choice.key().or(choice.selection()::stickyKey);
    key.ifPresent(text -> out.put("key", text));
    choice.bucket().ifPresent(bucket -> out.put("bucket", bucket));
    return out.put("sticky", key.isPresent() && !choice.byChance()).put("by_chance", choice.byChance());
  }
}
