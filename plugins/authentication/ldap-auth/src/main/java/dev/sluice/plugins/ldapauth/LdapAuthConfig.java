package dev.sluice.plugins.ldapauth;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Match;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param directory that is asked
 * @param baseDn below which users are
 * @param attribute that names them
 * @param cacheSeconds how long an answer of the directory holds
 * @param hideCredentials whether the upstream does not see the header
 * @param anonymous id or name of the consumer who is let in without a password
 * @param headerType the scheme of the header
 * @param realm told to clients that are refused
 */
record LdapAuthConfig(
    Directory directory,
    String baseDn,
    String attribute,
    double cacheSeconds,
    boolean hideCredentials,
    Optional<String> anonymous,
    String headerType,
    Optional<String> realm) {

  private static final String LDAPS = "ldaps";
  private static final String START_TLS = "start_tls";

  static final ConfigSchema<LdapAuthConfig> SCHEMA = ConfigSchema.of(LdapAuthConfig::decode)
      .withoutConsumer()
      .protocols(Types.httpProtocols())
      .field("ldap_host", Fields.string().required().describe("The host of the directory."))
      .field("ldap_port", Types.port().required().defaultTo(389).describe("Its port."))
      .field(LDAPS, Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether connections begin with TLS."))
      .field(START_TLS, Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether connections are turned to TLS by StartTLS."))
      .field("verify_ldap_host", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether the certificate of the directory must be good."))
      .field("base_dn", Fields.string().required().describe("The name below which users are."))
      .field("attribute", Fields.string().required().describe("The attribute that names them."))
      .field("cache_ttl", Fields.number()
          .required()
          .defaultTo(60)
          .describe("How many seconds a password that was right counts as right."))
      .field("hide_credentials", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether the header is taken out of the request before it goes upstream."))
      .field("timeout", Fields.number()
          .defaultTo(10_000)
          .describe("How many milliseconds to wait for the directory."))
      .field("keepalive", Fields.number()
          .defaultTo(60_000)
          .describe("For how many milliseconds an idle connection is kept."))
      .field("anonymous", Fields.string()
          .describe("The id or the name of a consumer as whom requests without a valid password go on."))
      .field("header_type", Fields.string()
          .defaultTo("ldap")
          .describe("The scheme in the Authorization header."))
      .field("realm", Fields.string()
          .optional()
          .describe("The realm in the WWW-Authenticate header of refusals."))
      .entityCheck(Check.conditional(
          LDAPS,
          Match.eq(true),
          START_TLS,
          Match.eq(false),
          "'ldaps' and 'start_tls' cannot be enabled simultaneously"))
      .build();

  private static LdapAuthConfig decode(JsonObject config) {
    Directory.Tls tls = config.getBoolean(LDAPS)
        ? Directory.Tls.FROM_THE_BEGINNING
        : config.getBoolean(START_TLS) ? Directory.Tls.STARTED : Directory.Tls.NONE;
    return new LdapAuthConfig(
        new Directory(
            config.getString("ldap_host"),
            config.getInteger("ldap_port"),
            tls,
            config.getBoolean("verify_ldap_host"),
            Documents.integer(config, "timeout", 10_000),
            Documents.integer(config, "keepalive", 60_000)),
        config.getString("base_dn"),
        config.getString("attribute"),
        config.getDouble("cache_ttl"),
        config.getBoolean("hide_credentials"),
        Optional.ofNullable(config.getString("anonymous")),
        Documents.string(config, "header_type", "ldap"),
        Optional.ofNullable(config.getString("realm")));
  }
}
