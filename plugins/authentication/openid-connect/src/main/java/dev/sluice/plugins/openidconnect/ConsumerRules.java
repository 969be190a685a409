package dev.sluice.plugins.openidconnect;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.EntityReader;
import dev.sluice.api.request.AuthenticatedGroups;
import dev.sluice.api.request.Credential;
import dev.sluice.api.request.RequestContext;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * As whom somebody goes on.
 *
 * @param claim the path to what names the consumer; empty for no consumer
 * @param by what of consumers is compared with it, one after another
 * @param optional whether one may go on without a consumer
 * @param credential the path to what stands for a credential
 * @param groups the path to the groups; empty for none
 */
record ConsumerRules(
    List<String> claim, List<String> by, boolean optional, List<String> credential, List<String> groups) {

  private static final String GROUPS = "X-Authenticated-Groups";

  static ConsumerRules decode(JsonObject config) {
    return new ConsumerRules(
        Documents.strings(config, "consumer_claim"),
        Documents.strings(config, "consumer_by"),
        config.getBoolean("consumer_optional"),
        Documents.strings(config, "credential_claim"),
        Documents.strings(config, "authenticated_groups_claim"));
  }

  /** Lets somebody in. */
  void admit(RequestContext context, Proof proof) throws RefusedException {
    Optional<Consumer> consumer = consumer(context.entities(), proof);
    if (consumer.isEmpty() && !claim.isEmpty() && !optional) {
      throw RefusedException.forbidden("there is no such consumer");
    }
    Optional<String> subject = value(proof, credential);
    context.authenticate(
        consumer, subject.map(id -> new Credential(id, consumer.map(Consumer::id), Optional.of(id))));
    clear(context);
    if (!groups.isEmpty()) {
      List<String> names = first(proof, groups).map(Claims::words).map(List::copyOf).orElse(List.of());
      if (!names.isEmpty()) {
        context.put(AuthenticatedGroups.KEY, new AuthenticatedGroups(names));
        context.upstreamRequest().headers().set(GROUPS, String.join(", ", names));
      }
    }
  }

  /** Takes out the groups that a client says it is in. */
  void clear(RequestContext context) {
    context.upstreamRequest().headers().remove(GROUPS);
  }

  private Optional<Consumer> consumer(EntityReader entities, Proof proof) {
    return claim.isEmpty()
        ? Optional.empty()
        : value(proof, claim).flatMap(name -> by.stream().flatMap(way -> find(entities, way, name).stream()).findFirst());
  }

  private static Optional<Consumer> find(EntityReader entities, String way, String name) {
    return way.equals("id")
        ? entities.byId(CoreEntities.CONSUMERS, name)
        : entities.byUnique(CoreEntities.CONSUMERS, way, name);
  }

  private static Optional<Object> first(Proof proof, List<String> path) {
    return proof.claims().stream().flatMap(each -> each.at(path).stream()).findFirst();
  }

  private static Optional<String> value(Proof proof, List<String> path) {
    return first(proof, path)
        .filter(value -> value instanceof String || value instanceof Number)
        .map(String::valueOf)
        .filter(text -> !text.isEmpty());
  }
}
