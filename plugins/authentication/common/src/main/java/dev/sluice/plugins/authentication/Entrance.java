package dev.sluice.plugins.authentication;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.request.Answer;
import dev.sluice.api.request.Credential;
import dev.sluice.api.request.Identity;
import dev.sluice.api.request.RequestContext;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where requests come in or do not, the same for all kinds of authentication. Immutable; its methods are called in the
 * phase ACCESS, on the event loop of the request.
 */
public final class Entrance {

  private static final Logger log = LoggerFactory.getLogger(Entrance.class);

  private final Optional<String> anonymous;

  /**
   * Makes an entrance.
   *
   * @param anonymous id or name of the consumer as whom requests go on that would be refused
   */
  public Entrance(Optional<String> anonymous) {
    this.anonymous = anonymous;
  }

  /** Whether nothing is left to be proved: one proof is enough where there is an anonymous consumer. */
  public boolean isPassed(RequestContext context) {
    return anonymous.isPresent() && context.credential().isPresent();
  }

  /**
   * Lets a request in as its consumer's.
   *
   * @param consumerId whom the credential belongs to
   * @return false when there is no such consumer; nothing is done then
   */
  public boolean admit(RequestContext context, String consumerId, Credential proof) {
    Optional<Consumer> consumer = context.entities().byId(CoreEntities.CONSUMERS, consumerId);
    if (consumer.isPresent()) {
      context.authenticate(consumer, Optional.of(proof));
    }
    return consumer.isPresent();
  }

  /**
   * Lets a request in as that of a credential's owner.
   *
   * @return false when there is no such consumer; nothing is done then
   */
  public boolean admit(RequestContext context, Owner owner) {
    Identity identity = owner.in(context.entities());
    if (identity != null) {
      context.authenticate(identity);
    }
    return identity != null;
  }

  /** Lets a request in without asking; what its client says of itself does not go upstream unproved. */
  public void wave(RequestContext context) {
    if (context.credential().isEmpty() && context.consumer().isEmpty()) {
      context.authenticate(Optional.empty(), Optional.empty());
    }
  }

  /** Refuses a request, unless it may go on as the anonymous consumer's. */
  public void refuse(RequestContext context, Answer refusal) {
    if (anonymous.isEmpty()) {
      context.answer(refusal);
      return;
    }
    Optional<Consumer> consumer = anonymous(context, anonymous.get());
    if (consumer.isPresent()) {
      context.authenticateAnonymous(consumer.get());
    } else {
      log.error("request {}: there is no consumer '{}' to be the anonymous one", context.id(), anonymous.get());
      context.answer(Answer.error(500, "An unexpected error occurred"));
    }
  }

  private static Optional<Consumer> anonymous(RequestContext context, String named) {
    return context.entities().byId(CoreEntities.CONSUMERS, named)
        .or(() -> context.entities().byUnique(CoreEntities.CONSUMERS, "username", named));
  }
}
