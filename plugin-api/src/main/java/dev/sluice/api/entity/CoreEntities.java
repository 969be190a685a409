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

  /** All of them, parents before children. */
  public static final List<EntityType<?>> ALL =
      List.of(WORKSPACES, SERVICES, ROUTES, CONSUMERS, UPSTREAMS, TARGETS, PLUGINS);

  private CoreEntities() {}
}
