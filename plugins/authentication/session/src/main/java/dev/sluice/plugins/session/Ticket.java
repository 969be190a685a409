package dev.sluice.plugins.session;

import dev.sluice.plugins.authentication.Timeouts;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * A session.
 *
 * @param id that nobody guesses
 * @param begunAt in seconds since the epoch
 * @param renewedAt likewise
 * @param usedAt likewise
 * @param owner whose it is; empty while it is known by its id alone
 */
record Ticket(String id, long begunAt, long renewedAt, long usedAt, Optional<Owner> owner)
    implements Timeouts.Timed {

  /**
   * Who has begun a session.
   *
   * @param consumerId the consumer
   * @param credentialId what it was proved with
   * @param groups that an identity provider has told of
   */
  record Owner(String consumerId, String credentialId, List<String> groups) {

    JsonObject toJson() {
      return new JsonObject().put("u", consumerId).put("k", credentialId).put("g", new JsonArray(groups));
    }

    static Owner read(JsonObject json) {
      List<String> groups = json.getJsonArray("g").stream().map(String::valueOf).toList();
      return new Owner(json.getString("u"), json.getString("k"), groups);
    }

    boolean isSame(String consumer, String credential) {
      return consumerId.equals(consumer) && credentialId.equals(credential);
    }
  }

  static Ticket begun(String id, long now, Owner owner) {
    return new Ticket(id, now, now, now, Optional.of(owner));
  }

  Ticket renewed(String newId, long now) {
    return new Ticket(newId, begunAt, now, now, owner);
  }

  Ticket used(long now) {
    return new Ticket(id, begunAt, renewedAt, now, owner);
  }

  Ticket of(Owner whose) {
    return new Ticket(id, begunAt, renewedAt, usedAt, Optional.of(whose));
  }

  Ticket withoutOwner() {
    return new Ticket(id, begunAt, renewedAt, usedAt, Optional.empty());
  }

  String encode() {
    JsonObject json = new JsonObject().put("i", id).put("b", begunAt).put("r", renewedAt).put("a", usedAt);
    owner.ifPresent(whose -> json.put("o", whose.toJson()));
    return json.encode();
  }

  /** Reads what {@link #encode} has written; it was sealed meanwhile, so it is as it was. */
  static Optional<Ticket> read(String text) {
    try {
      JsonObject json = new JsonObject(text);
      return Optional.of(
          new Ticket(
              json.getString("i"),
              json.getLong("b"),
              json.getLong("r"),
              json.getLong("a"),
              Optional.ofNullable(json.getJsonObject("o")).map(Owner::read)));
    } catch (DecodeException | ClassCastException | NullPointerException e) {
      return Optional.empty();
    }
  }
}
