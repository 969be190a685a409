package dev.sluice.plugins.acme;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Match;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param accountEmail of the account
 * @param accountKey which key of the gateway is that of the account; empty for one that is made up
 * @param apiUri the directory of the authority
 * @param tosAccepted whether the operator agrees to the authority's terms of service
 * @param eab binds the account to another one at the authority
 * @param keyKind of certificates
 * @param renewDays how many days before its end a certificate is renewed
 * @param domains for which certificates may be ordered
 * @param backoffSeconds for which a host is left alone after a failure
 * @param storage where things are kept
 * @param preferredChain the common name of an issuer
 */
record AcmeConfig(
    String accountEmail,
    Optional<AccountKey> accountKey,
    String apiUri,
    boolean tosAccepted,
    Optional<Eab> eab,
    KeyKind keyKind,
    double renewDays,
    Domains domains,
    long backoffSeconds,
    StorageConfig storage,
    Optional<String> preferredChain) {

  /**
   * A key of the gateway.
   *
   * @param id its {@code kid}
   * @param set the name or the id of its set
   */
  record AccountKey(String id, Optional<String> set) {}

  /**
   * What binds an account to another one.
   *
   * @param id of the key
   * @param hmacKey in Base64url
   */
  record Eab(String id, String hmacKey) {
    @Override
    public String toString() {
      return "external account " + id;
    }
  }

  /** Of certificates: elliptic curves, or RSA of so many bits. */
  record KeyKind(boolean ecc, int rsaBits) {}

  private static final String API_URI = "api_uri";
  private static final String STORAGE = "storage";
  private static final String LETS_ENCRYPT = "https://acme-v02.api.letsencrypt.org";
  private static final String TERMS = "terms of service must be accepted, see https://letsencrypt.org/repository/";

  /**
   * The schema.
   *
   * @param database whether the node has a store that can be written to
   */
  static ConfigSchema<AcmeConfig> schema(boolean database) {
    return ConfigSchema.of(AcmeConfig::decode)
        .withoutConsumer()
        .withoutService()
        .withoutRoute()
        .field("account_email", Fields.string()
            .required()
            .encrypted()
            .referenceable()
            .match("%w*%p*@+%w*%.?%w*")
            .describe("Whose account it is; several configurations may use the same one."))
        .field("account_key", Fields.record()
            .optional()
            .describe("The private key of the account, one of the gateway's keys.")
            .field("key_id", Fields.string().required().describe("The kid of the key."))
            .field("key_set", Fields.string().describe("The set that the key belongs to.")))
        .field(API_URI, Fields.string()
            .defaultTo(LETS_ENCRYPT + "/directory")
            .describe("The URL of the authority's directory."))
        .field("tos_accepted", Fields.bool()
            .defaultTo(false)
            .describe("Whether you agree to the authority's terms of service."))
        .field("eab_kid", Fields.string()
            .encrypted()
            .referenceable()
            .describe("The id of the key that binds the account to another one, where the authority wants that."))
        .field("eab_hmac_key", Fields.string()
            .encrypted()
            .referenceable()
            .describe("That key, in Base64url."))
        .field("cert_type", Fields.string()
            .defaultTo("rsa")
            .oneOf("rsa", "ecc")
            .describe("The kind of keys that certificates are for."))
        .field("rsa_key_size", Fields.number()
            .defaultTo(4096)
            .oneOf(2048, 3072, 4096)
            .describe("The size of RSA keys in bits."))
        .field("renew_threshold_days", Fields.number()
            .defaultTo(14)
            .describe("How many days before its end a certificate is renewed."))
        .field("domains", Fields.array(Fields.string()
                .matchAll("^[^*]*%*?[^*]*$", "invalid wildcard: must have at most one wildcard")
                .matchAny(
                    "invalid wildcard: must be placed at leftmost or rightmost label", "^%*%.", "%.%*$", "^[^*]*$"))
            .describe("The hosts for which certificates may be ordered, some with one wildcard label at either end."))
        .field("allow_any_domain", Fields.bool()
            .defaultTo(false)
            .describe("Whether certificates may be ordered for all hosts."))
        .field("fail_backoff_minutes", Fields.number()
            .defaultTo(5)
            .describe("For how many minutes a host is left alone after a failure."))
        .field(STORAGE, Fields.string()
            .defaultTo("shm")
            .oneOf("kong", "shm", "redis", "consul", "vault")
            .describe("Where accounts, challenges and dates of renewal are kept: in the gateway's store, in this node's"
                + " memory, or outside."))
        .field("storage_config", StorageConfig.field())
        .field("preferred_chain", Fields.string()
            .describe("Of several chains that the authority offers, that with this common name of an issuer."))
        .field("enable_ipv4_common_name", Fields.bool()
            .defaultTo(true)
            .describe("Whether certificates may be ordered for IPv4 addresses."))
        .check(Check.conditional(
            "config." + API_URI,
            Match.oneOf(LETS_ENCRYPT, "https://acme-staging-v02.api.letsencrypt.org").lenMin(1),
            "config.tos_accepted",
            Match.eq(true),
            TERMS))
        .check(needsRedis("host"))
        .check(needsRedis("port"))
        .check(Check.custom(List.of("config." + STORAGE), plugin -> checkStorage(plugin, database)))
        .build();
  }

  private static Check needsRedis(String field) {
    return Check.conditional(
        "config." + STORAGE,
        Match.eq("redis").lenMin(1),
        "config.storage_config.redis." + field,
        Match.required());
  }

  private static Optional<String> checkStorage(JsonObject plugin, boolean database) {
    Object storage = plugin.getJsonObject("config", new JsonObject()).getValue(STORAGE);
    return !database && "kong".equals(storage)
        ? Optional.of("\"kong\" storage can't be used with dbless mode")
        : Optional.empty();
  }

  static AcmeConfig decode(JsonObject config) {
    Optional<String> eabKid = Optional.ofNullable(config.getString("eab_kid"));
    Optional<String> eabKey = Optional.ofNullable(config.getString("eab_hmac_key"));
    return new AcmeConfig(
        config.getString("account_email"),
        Optional.ofNullable(config.getJsonObject("account_key"))
            .map(key -> new AccountKey(key.getString("key_id"), Optional.ofNullable(key.getString("key_set")))),
        Documents.string(config, API_URI, LETS_ENCRYPT + "/directory"),
        Documents.bool(config, "tos_accepted", false),
        eabKid.flatMap(id -> eabKey.map(key -> new Eab(id, key))),
        new KeyKind(
            "ecc".equals(config.getString("cert_type")), Documents.integer(config, "rsa_key_size", 4096)),
        config.getDouble("renew_threshold_days", 14.0),
        new Domains(
            Documents.strings(config, "domains"),
            Documents.bool(config, "allow_any_domain", false),
            Documents.bool(config, "enable_ipv4_common_name", true)),
        Math.round(config.getDouble("fail_backoff_minutes", 5.0) * 60),
        StorageConfig.decode(
            Documents.string(config, STORAGE, "shm"), config.getJsonObject("storage_config")),
        Optional.ofNullable(config.getString("preferred_chain")));
  }

  /** Without anything secret. */
  @Override
  public String toString() {
    return "acme of " + apiUri;
  }
}
