package dev.sluice.plugins.acl;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.AuthenticatedGroups;
import dev.sluice.api.request.MutableHeaders;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.authentication.ConsumerCredentials;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Lets requests pass by the groups of whoever sent them. */
final class AclFilter implements Filter.Access {

  private static final String CONSUMER_GROUPS = "X-Consumer-Groups";
  private static final String AUTHENTICATED_GROUPS = "X-Authenticated-Groups";
  private static final Answer UNAUTHORIZED = Answer.error(401, "Unauthorized");
  private static final Answer FORBIDDEN = Answer.error(403, "You cannot consume this service");

  private final AclConfig config;

  AclFilter(AclConfig config) {
    this.config = config;
  }

  @Override
  public Future<Void> access(RequestContext context) {
    Optional<Consumer> consumer = context.consumer();
    Optional<AuthenticatedGroups> vouched = vouched(context);
    if (vouched.isPresent()) {
      decide(context, AUTHENTICATED_GROUPS, vouched.get().names());
    } else if (consumer.isPresent()) {
      decide(context, CONSUMER_GROUPS, groups(context, consumer.get()));
    } else {
      context.answer(context.credential().isPresent() ? FORBIDDEN : UNAUTHORIZED);
    }
    return Filters.CONTINUE;
  }

  /** The groups that an identity provider told of, where they count. */
  private Optional<AuthenticatedGroups> vouched(RequestContext context) {
    boolean known = context.consumer().isPresent() && context.credential().isPresent();
    return known && !config.alwaysUseAuthenticatedGroups() ? Optional.empty() : context.get(AuthenticatedGroups.KEY);
  }

  private static List<String> groups(RequestContext context, Consumer consumer) {
    return context.entities()
        .byReference(ConsumerGroup.TYPE, ConsumerCredentials.CONSUMER, consumer.id())
        .stream()
        .map(ConsumerGroup::name)
        .sorted()
        .toList();
  }

  private void decide(RequestContext context, String header, List<String> groups) {
    boolean listed = groups.stream().anyMatch(config.groups()::contains);
    if (listed == config.deny()) {
      boolean nameless = groups.isEmpty() && context.credential().isEmpty();
      context.answer(nameless ? UNAUTHORIZED : FORBIDDEN);
      return;
    }
    MutableHeaders headers = context.upstreamRequest().headers();
    // What a client says of its own groups is no more than a claim.
    headers.remove(CONSUMER_GROUPS).remove(AUTHENTICATED_GROUPS);
    if (!config.hideGroupsHeader() && !groups.isEmpty()) {
      headers.set(header, String.join(", ", groups));
    }
  }
}
