package dev.sluice.plugins.mtlsauth;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param authorities ids of the {@code ca_certificates} that are good
 * @param announce whether clients are told their names
 * @param verification how certificates are looked at
 * @param people who shows a certificate
 */
record MtlsAuthConfig(List<String> authorities, boolean announce, Verification verification, People people) {

  /** Whether and how it is found out that a certificate was revoked. */
  enum Revocation {
    /** It is not. */
    SKIP,
    /** It is refused when it is known to be revoked. */
    IGNORE_CA_ERROR,
    /** It is refused unless it is known not to be. */
    STRICT
  }

  /**
   * How certificates are looked at.
   *
   * @param partialChain whether a chain may end at an authority that others have signed
   * @param revocation whether revocations are looked up
   * @param timeoutMillis how long is waited for whoever knows of revocations
   * @param keptMillis how long a verdict holds
   */
  record Verification(boolean partialChain, Revocation revocation, long timeoutMillis, long keptMillis) {}

  /**
   * Who shows a certificate.
   *
   * @param skipped whether no consumer is looked for
   * @param by the fields of consumers that names in certificates are compared with, in order
   * @param groupByCommonName what the group of a client without a consumer is called by, instead of the whole name
   * @param fallback id or name of the consumer of good certificates that are nobody's
   * @param anonymous id or name of the consumer as whom others go on
   */
  record People(
      boolean skipped,
      List<String> by,
      boolean groupByCommonName,
      Optional<String> fallback,
      Optional<String> anonymous) {}

  static final ConfigSchema<MtlsAuthConfig> SCHEMA = ConfigSchema.of(MtlsAuthConfig::decode)
      .withoutConsumer()
      .protocols(Types.httpProtocols())
      .field("anonymous", Fields.string()
          .describe("The id or the name of a consumer as whom requests without a good certificate go on."))
      .field("consumer_by", Fields.array(Fields.string().oneOf("username", "custom_id"))
          .optional()
          .defaultTo("username", "custom_id")
          .describe("The fields of consumers that the names in a certificate are compared with."))
      .field("ca_certificates", Fields.array(Types.uuid())
          .required()
          .lenMin(1)
          .describe("The ids of the certificates of the authorities that clients' certificates may have."))
      .field("cache_ttl", Fields.number()
          .required()
          .defaultTo(60)
          .describe("Of no effect: consumers are looked up in memory."))
      .field("skip_consumer_lookup", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether a good certificate is enough, and no consumer is looked for."))
      .field("allow_partial_chain", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether an authority that others have signed is trusted for its own sake."))
      .field("authenticated_group_by", Fields.string()
          .optional()
          .oneOf("CN", "DN")
          .defaultTo("CN")
          .describe("What the group of a client is called by whose consumer is not looked for."))
      .field("revocation_check_mode", Fields.string()
          .required()
          .oneOf("SKIP", "IGNORE_CA_ERROR", "STRICT")
          .defaultTo("IGNORE_CA_ERROR")
          .describe("Whether revoked certificates are looked up, and whether one is good that nobody knows of."))
      .field("http_timeout", Fields.number()
          .defaultTo(30_000)
          .between(1, 2_147_483_646)
          .describe("How many milliseconds to wait for whoever knows of revocations."))
      .field("cert_cache_ttl", Fields.number()
          .defaultTo(60_000)
          .between(0, 2_147_483_646)
          .describe("For how many milliseconds the verdict on a certificate holds."))
      .field("send_ca_dn", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether clients are told the names of the authorities in the handshake."))
      .field("default_consumer", Fields.string()
          .describe("The id or the name of the consumer of good certificates that are nobody's."))
      .build();

  private static MtlsAuthConfig decode(JsonObject config) {
    return new MtlsAuthConfig(
        Documents.strings(config, "ca_certificates"),
        config.getBoolean("send_ca_dn"),
        new Verification(
            config.getBoolean("allow_partial_chain"),
            Revocation.valueOf(config.getString("revocation_check_mode")),
            millis(config, "http_timeout", 30_000),
            millis(config, "cert_cache_ttl", 60_000)),
        new People(
            config.getBoolean("skip_consumer_lookup"),
            Documents.strings(config, "consumer_by"),
            !"DN".equals(config.getString("authenticated_group_by")),
            Optional.ofNullable(config.getString("default_consumer")),
            Optional.ofNullable(config.getString("anonymous"))));
  }

  private static long millis(JsonObject config, String field, long without) {
    Double given = config.getDouble(field);
    return given == null ? without : Math.round(given);
  }
}
