package dev.sluice.plugins.logging;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.request.RequestContext;
import java.util.Optional;

/** By what a consumer is named in metrics. */
public enum Who {
  /** By the id. */
  CONSUMER_ID,
  /** By the id that the consumer was given elsewhere. */
  CUSTOM_ID,
  /** By the name. */
  USERNAME;

  /** The setting's value. */
  public static Optional<Who> of(String setting) {
    return Optional.ofNullable(setting).map(name -> switch (name) {
      case "consumer_id" -> CONSUMER_ID;
      case "custom_id" -> CUSTOM_ID;
      default -> USERNAME;
    });
  }

  /** The name of a request's consumer. */
  public Optional<String> name(RequestContext context) {
    Optional<Consumer> consumer = context.consumer();
    return switch (this) {
      case CONSUMER_ID -> consumer.map(Consumer::id);
      case CUSTOM_ID -> consumer.flatMap(Consumer::customId);
      case USERNAME -> consumer.flatMap(Consumer::username);
    };
  }
}
