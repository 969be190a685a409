package dev.sluice.plugins.authentication;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityReader;
import dev.sluice.api.request.Credential;
import dev.sluice.api.request.Identity;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Whose a credential is: looked up once for each version of the consumers. For all threads. */
public class Owner {

  private final String consumerId;
  private final Credential proof;
  // Read and written without order: what it holds is immutable, and whoever does not see it looks it up.
  private Known known;

  private static final class Known extends Identity {
    private final long version;

    Known(Consumer consumer, Credential credential, long version) {
      super(consumer, credential);
      this.version = version;
    }
  }

  /**
   * Reads one.
   *
   * @param document of the credential
   * @param identifier what upstreams are told of it
   */
  protected Owner(JsonObject document, Optional<String> identifier) {
    this.consumerId = ConsumerCredentials.owner(document);
    this.proof = new Credential(document.getString("id"), Optional.of(consumerId), identifier);
  }

  /** The consumer that it belongs to. */
  protected final String consumerId() {
    return consumerId;
  }

  /** The consumer with its credential; null when there is no such consumer. */
  final Identity in(EntityReader entities) {
    long version = entities.version(CoreEntities.CONSUMERS);
    Known found = known;
    if (found != null && version != EntityReader.UNKNOWN && found.version == version) {
      return found;
    }
    Optional<Consumer> consumer = entities.byId(CoreEntities.CONSUMERS, consumerId);
    if (consumer.isEmpty()) {
      return null;
    }
    found = new Known(consumer.get(), proof, version);
    known = found;
    return found;
  }

  /** Nothing of what is secret. */
  @Override
  public final String toString() {
    return "credential " + proof.id() + " of consumer " + consumerId;
  }
}
