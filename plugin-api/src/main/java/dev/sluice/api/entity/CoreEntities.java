package dev.sluice.api.entity;

import java.util.List;

/** The entity types of the core, with Kong's fields, defaults and checks. */
public final class CoreEntities {

  /** Services. */
  public static final EntityType<Service> SERVICES =
      EntityType.named("services", ServiceSchema.SCHEMA, Service::decode).endpointKey("name").build();

  /** Routes. */
  public static final EntityType<Route> ROUTES =
      EntityType.named("routes", RouteSchema.SCHEMA, Route::decode).endpointKey("name").build();

  /** Consumers. */
  public static final EntityType<Consumer> CONSUMERS =
      EntityType.named("consumers", ConsumerSchema.SCHEMA, Consumer::decode).endpointKey("username").build();

  /** Plugins: filters with their scope and configuration. */
  public static final EntityType<PluginConfig> PLUGINS =
      EntityType.named("plugins", PluginSchema.SCHEMA, PluginConfig::decode)
          .endpointKey("instance_name")
          .uniqueTogether("name", "route", "service", "consumer")
          .build();

  /** Upstreams. */
  public static final EntityType<Upstream> UPSTREAMS =
      EntityType.named("upstreams", UpstreamSchema.SCHEMA, Upstream::decode).endpointKey("name").build();

  /** Targets of upstreams. */
  public static final EntityType<Target> TARGETS =
      EntityType.named("targets", TargetSchema.SCHEMA, Target::decode)
          .endpointKey("target")
          .uniqueTogether("upstream", "target")
          .build();

  /** Workspaces. */
  public static final EntityType<Workspace> WORKSPACES =
      EntityType.named("workspaces", WorkspaceSchema.SCHEMA, Workspace::decode).endpointKey("name").global().build();

  /** Vaults: where the secrets are that other entities refer to. */
  public static final EntityType<VaultConfig> VAULTS =
      EntityType.named("vaults", VaultSchema.SCHEMA, VaultConfig::decode).endpointKey("prefix").build();

  /** Certificates with their keys. */
  public static final EntityType<Certificate> CERTIFICATES =
      EntityType.named("certificates", CertificateSchema.SCHEMA, Certificate::decode).build();

  /** The server names for which certificates are shown. */
  public static final EntityType<Sni> SNIS =
      EntityType.named("snis", SniSchema.SCHEMA, Sni::decode).endpointKey("name").build();

  /** Certificates of authorities. */
  public static final EntityType<CaCertificate> CA_CERTIFICATES =
      EntityType.named("ca_certificates", CaCertificateSchema.SCHEMA, CaCertificate::decode).global().build();

  /** Sets of keys. */
  public static final EntityType<KeySet> KEY_SETS =
      EntityType.named("key_sets", KeySetSchema.SCHEMA, KeySet::decode).path("key-sets").endpointKey("name").build();

  /** Keys, as a JWK or in PEM form. */
  public static final EntityType<Key> KEYS =
      EntityType.named("keys", KeySchema.SCHEMA, Key::decode)
          .endpointKey("name")
          .uniqueTogether("kid", "set")
          .build();

  /**
   * All of them, parents before children; vaults come early, since all others may refer to their secrets. Of several
   * types that keep a parent from being deleted the first is named.
   */
  public static final List<EntityType<?>> ALL =
      List.of(
          WORKSPACES,
          VAULTS,
          CERTIFICATES,
          SNIS,
          CA_CERTIFICATES,
          KEY_SETS,
          KEYS,
          UPSTREAMS,
          TARGETS,
          SERVICES,
          ROUTES,
          CONSUMERS,
          PLUGINS);

  private CoreEntities() {}
}
