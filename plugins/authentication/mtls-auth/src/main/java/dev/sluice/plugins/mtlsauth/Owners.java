package dev.sluice.plugins.mtlsauth;

import dev.sluice.api.entity.Consumer;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityReader;
import dev.sluice.api.request.Credential;
import dev.sluice.plugins.mtlsauth.MtlsAuthConfig.People;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out whose a good certificate is. */
final class Owners {

  private final People people;

  Owners(People people) {
    this.people = people;
  }

  /**
   * Whose it is.
   *
   * @param consumerId the consumer
   * @param proof what the request is told
   */
  record Owner(String consumerId, Credential proof) {}

  /**
   * Looks: for what was said of a name and an authority, of a name alone, then for consumers of that name.
   *
   * @param authorities the ids of those that vouch for the certificate
   */
  Optional<Owner> find(EntityReader entities, CertificateNames names, List<String> authorities) {
    Set<String> all = names.all();
    for (String name : all) {
      for (String authority : authorities) {
        Optional<MtlsCredential> said = MtlsCredential.find(entities, name, authority);
        if (said.isPresent()) {
          return said.map(Owners::owner);
        }
      }
    }
    for (String name : all) {
      Optional<MtlsCredential> said = MtlsCredential.find(entities, name, "");
      if (said.isPresent()) {
        return said.map(Owners::owner);
      }
    }
    for (String name : all) {
      for (String field : people.by()) {
        Optional<Consumer> consumer = entities.byUnique(CoreEntities.CONSUMERS, field, name);
        if (consumer.isPresent()) {
          return consumer.map(Owners::owner);
        }
      }
    }
    return people.fallback().flatMap(named -> named(entities, named)).map(Owners::owner);
  }

  private static Owner owner(MtlsCredential said) {
    return new Owner(said.consumerId(), said.proof());
  }

  /** There is no entity that says so: the consumer stands for it. */
  private static Owner owner(Consumer consumer) {
    return new Owner(
        consumer.id(), new Credential(consumer.id(), Optional.of(consumer.id()), Optional.empty()));
  }

  private static Optional<Consumer> named(EntityReader entities, String named) {
    return entities.byId(CoreEntities.CONSUMERS, named)
        .or(() -> entities.byUnique(CoreEntities.CONSUMERS, "username", named));
  }
}
