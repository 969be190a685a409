package dev.sluice.plugins.mtlsauth;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityReader;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.request.Credential;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import dev.sluice.api.store.UniqueKey;
import dev.sluice.plugins.authentication.ConsumerCredentials;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * Says whose certificates with a name are, perhaps only those of one authority.
 *
 * @param consumerId the consumer
 * @param proof what the request is told of it
 */
record MtlsCredential(String consumerId, Credential proof) {

  private static final String SUBJECT = "subject_name";
  private static final String AUTHORITY = "ca_certificate";

  private static final Schema SCHEMA = ConsumerCredentials.schema()
      .field(SUBJECT, Fields.string().required())
      .field(AUTHORITY, Fields.foreign(CoreEntities.CA_CERTIFICATES.name()).defaultToNull().onDeleteCascade())
      .field("tags", Types.tags())
      .build();

  static final EntityType<MtlsCredential> TYPE =
      EntityType.named("mtls_auth_credentials", SCHEMA, MtlsCredential::decode)
          .path("mtls-auths")
          .nestedBelow(CoreEntities.CONSUMERS.name(), "mtls-auth")
          .nestedBelow(CoreEntities.CA_CERTIFICATES.name(), "mtls_auth_credentials")
          .uniqueTogether(SUBJECT, AUTHORITY)
          .build();

  private static MtlsCredential decode(JsonObject document) {
    String consumer = ConsumerCredentials.owner(document);
    String id = document.getString("id");
    return new MtlsCredential(consumer, new Credential(id, Optional.of(consumer), Optional.of(id)));
  }

  /**
   * Whose certificates with a name are.
   *
   * @param authorityId of their authority; empty for those of any
   */
  static Optional<MtlsCredential> find(EntityReader entities, String name, String authorityId) {
    return entities.byUnique(TYPE, SUBJECT + "," + AUTHORITY, UniqueKey.together(List.of(name, authorityId)));
  }
}
