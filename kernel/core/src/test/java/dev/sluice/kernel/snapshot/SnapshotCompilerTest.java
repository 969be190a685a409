package dev.sluice.kernel.snapshot;

import com.sun.management.ThreadMXBean;
import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginId;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.RouteMatch;
import dev.sluice.api.routing.RouteQuery;
import dev.sluice.api.routing.Router;
import dev.sluice.api.routing.RouterFactory;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.store.Reference;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.api.store.UniqueKey;
import dev.sluice.api.upstream.BalancingPolicy;
import dev.sluice.kernel.registry.Contributions;
import dev.sluice.kernel.registry.Enabled;
import dev.sluice.kernel.registry.LoadedPlugin;
import dev.sluice.kernel.registry.Registry;
import dev.sluice.kernel.trust.Authorities;
import dev.sluice.kernel.trust.NodeTls;
import dev.sluice.kernel.trust.TlsBook;
import dev.sluice.kernel.upstream.AddressBook;
import dev.sluice.kernel.upstream.DeniedAddresses;
import dev.sluice.kernel.upstream.Environment;
import dev.sluice.kernel.upstream.UpstreamBuilder;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A snapshot that is made from the one before is the one that would have been made from nothing. */
class SnapshotCompilerTest {

  private static final String OTHER = "11111111-2222-3333-4444-555555555555";
  private static final int IDS = 6;

  /** A router that is but the list of what it was compiled from. */
  private record ListRouter(List<RouteDefinition> routes) implements Router {
    @Override
    public Optional<RouteMatch> select(RouteQuery query) {
      return Optional.empty();
    }
  }

  private static final RouterFactory ROUTER =
      new RouterFactory() {
        @Override
        public String flavor() {
          return "list";
        }

        @Override
        public Router compile(List<RouteDefinition> routes) {
          return new ListRouter(routes);
        }
      };

  private static FilterFactory<JsonObject> filter(String name, int priority) {
    return new FilterFactory<>() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public int priority() {
        return priority;
      }

      @Override
      public ConfigSchema<JsonObject> schema() {
        return ConfigSchema.<JsonObject>of(config -> config).build();
      }

      @Override
      public Filter create(JsonObject config) {
        return (Filter.Header) context -> {};
      }
    };
  }

  private static final Registry REGISTRY = registry(List.of(ROUTER));

  private static Registry registry(List<RouterFactory> routers) {
    return Registry.of(
        1,
        List.of(
            new LoadedPlugin(
                new PluginId("test", "1", "g"),
                "test.jar",
                Contributions.of(
                    new GatewayPlugin() {
                      @Override
                      public List<FilterFactory<?>> filters() {
                        return List.of(filter("one", 10), filter("two", 20));
                      }

                      @Override
                      public List<RouterFactory> routers() {
                        return routers;
                      }
                    }))),
        Enabled.ALL);
  }

  private static final Authorities NOBODY = new Authorities(List.of());
  private final SnapshotCompiler compiler =
      new SnapshotCompiler(
          "list",
          new UpstreamBuilder(
              new AddressBook(Clock.systemUTC(), Runnable::run),
              new DeniedAddresses(List.of(), port -> false),
              new Environment(1, Clock.systemUTC(), BalancingPolicy.DEFAULT, (runtime, target) -> {})),
          new TlsBook(
              new NodeTls(
                  Optional.empty(),
                  new NodeTls.Defaults(false, 1, NOBODY),
                  new NodeTls.Defaults(false, 1, NOBODY),
                  NOBODY)),
          name -> false);
  private EntityTables tables = EntityTables.empty(Clock.systemUTC());
  private final Changes.Collector nothing = new Changes.Collector();
  private Changes.Collector changes = nothing;

  private void put(EntityType<?> type, String id, String workspace, JsonObject document, Reference... references) {
    List<UniqueKey> uniques =
        type == CoreEntities.UPSTREAMS
            ? List.of(new UniqueKey(workspace, "name", document.getString("name")))
            : List.of();
    StoredEntity row = new StoredEntity(type.name(), id, workspace, document.put("id", id), 1, Optional.empty());
    tables = tables.with(type, row, uniques, Arrays.asList(references));
    changes.add(type.name(), id);
  }

  private void remove(EntityType<?> type, String id) {
    tables = tables.without(type.name(), id);
    changes.add(type.name(), id);
  }

  private static JsonObject ref(String id) {
    return new JsonObject().put("id", id);
  }

  /** One write of the kinds that there are, small enough in their ids that they meet. */
  private void write(Random random) {
    String id = String.valueOf(random.nextInt(IDS));
    String other = String.valueOf(random.nextInt(IDS));
    String workspace = random.nextInt(4) == 0 ? OTHER : StoredEntity.DEFAULT_WORKSPACE;
    boolean gone = random.nextInt(3) == 0;
    switch (random.nextInt(5)) {
      case 0 -> service(id, other, workspace, gone, random);
      case 1 -> route(id, other, workspace, gone);
      case 2 -> upstream(id, other, workspace, gone);
      case 3 -> target(id, other, workspace, gone, random);
      default -> plugin(id, workspace, gone, random);
    }
  }

  private void service(String id, String host, String workspace, boolean gone, Random random) {
    if (gone) {
      remove(CoreEntities.SERVICES, "s" + id);
    } else {
      put(CoreEntities.SERVICES, "s" + id, workspace,
          new JsonObject()
              .put("protocol", "http")
              .put("host", "h" + host)
              .put("port", 80 + random.nextInt(2))
              .put("enabled", random.nextInt(4) > 0));
    }
  }

  private void route(String id, String service, String workspace, boolean gone) {
    if (gone) {
      remove(CoreEntities.ROUTES, "r" + id);
    } else {
      put(CoreEntities.ROUTES, "r" + id, workspace,
          new JsonObject().put("protocols", new JsonArray().add("http")).put("service", ref("s" + service)),
          new Reference("service", "services", "s" + service));
    }
  }

  private void upstream(String id, String name, String workspace, boolean gone) {
    if (gone) {
      remove(CoreEntities.UPSTREAMS, "u" + id);
    } else if (tables.byUnique(workspace, CoreEntities.UPSTREAMS, "name", "h" + name).isEmpty()) {
      put(CoreEntities.UPSTREAMS, "u" + id, workspace,
          new JsonObject()
              .put("name", "h" + name)
              .put("algorithm", "round-robin")
              .put("healthchecks", new JsonObject()));
    }
  }

  private void target(String id, String upstream, String workspace, boolean gone, Random random) {
    if (gone) {
      remove(CoreEntities.TARGETS, "t" + id);
    } else {
      put(CoreEntities.TARGETS, "t" + id, workspace,
          new JsonObject()
              .put("target", "127.0.0.1:" + (8000 + random.nextInt(9)))
              .put("weight", 1 + random.nextInt(9))
              .put("upstream", ref("u" + upstream)),
          new Reference("upstream", "upstreams", "u" + upstream));
    }
  }

  /** Named after its scope: there are no two filters of one name in one scope. */
  private void plugin(String scope, String workspace, boolean gone, Random random) {
    JsonObject document =
        new JsonObject()
            .put("name", random.nextBoolean() ? "one" : "two")
            .put("enabled", random.nextInt(4) > 0)
            .put("protocols", new JsonArray())
            .put("config", new JsonObject());
    int kind = random.nextInt(4);
    if (kind == 0 || kind == 2) {
      document.put("route", ref("r" + scope));
    }
    if (kind == 1 || kind == 2) {
      document.put("service", ref("s" + scope));
    }
    String id = document.getString("name") + kind + (kind == 3 ? "" : scope);
    if (gone) {
      remove(CoreEntities.PLUGINS, id);
    } else {
      put(CoreEntities.PLUGINS, id, workspace, document);
    }
  }

  /** All that a snapshot does to requests, in words; entities by identity. */
  private static Map<String, String> described(GatewaySnapshot snapshot) {
    Map<String, String> words = new TreeMap<>();
    snapshot.plans().forEach((id, plan) -> words.put("plan " + id, described(plan, snapshot)));
    snapshot.upstreams().forEach((key, runtime) -> words.put("balancer " + key, described(runtime)));
    snapshot.instances().forEach((id, found) -> words.put("filter " + id, found + identity(found.config())));
    snapshot.wiring().links().forEach((id, link) -> words.put("link " + id, link.key() + identity(link.service())));
    words.put("names", new TreeSet<>(snapshot.names().stream().map(Object::toString).toList()).toString());
    TreeSet<String> routed = new TreeSet<>();
    for (RouteDefinition each : ((ListRouter) snapshot.router().orElseThrow()).routes()) {
      routed.add(identity(each.route()) + each.service().map(SnapshotCompilerTest::identity));
    }
    words.put("routed", routed.toString());
    return words;
  }

  private static String described(RoutePlan plan, GatewaySnapshot snapshot) {
    List<String> chain = new ArrayList<>();
    for (ChainPlan.Slot slot : plan.chain().slots()) {
      chain.add(slot.toString());
    }
    return plan.workspace() + identity(plan.route()) + plan.service().map(SnapshotCompilerTest::identity)
        + plan.upstream(snapshot).map(SnapshotCompilerTest::described) + chain;
  }

  private static String described(UpstreamRuntime runtime) {
    List<String> addresses = new ArrayList<>();
    runtime.addresses().forEach(address -> addresses.add(address.target().target() + " " + address.weight()));
    return runtime.upstream().name() + addresses;
  }

  private static String identity(Object entity) {
    return " " + System.identityHashCode(entity) + " ";
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aChangeLeadsToWhatNothingWouldHaveLedTo(long seed) {
    Random random = new Random(seed);
    GatewaySnapshot snapshot = SnapshotCompiler.empty(REGISTRY, tables);
    snapshot = compiler.compile(snapshot, REGISTRY, tables, Changes.ALL, true);
    for (int step = 0; step < 400; step++) {
      changes = new Changes.Collector();
      for (int writes = 1 + random.nextInt(3); writes > 0; writes--) {
        write(random);
      }
      snapshot = compiler.compile(snapshot, REGISTRY, tables, changes.changes(), true);
      GatewaySnapshot fresh =
          compiler.compile(SnapshotCompiler.empty(REGISTRY, tables), REGISTRY, tables, Changes.ALL, true);
      assertThat(described(snapshot)).as("seed %d, step %d", seed, step).isEqualTo(described(fresh));
    }
  }

  /** Also with those that still serve by an older snapshot, and when snapshots are thrown away. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void whatTheRouterFindsHasThePlanOfItsOwnSnapshot(long seed) {
    Random random = new Random(seed);
    Snapshots published = new Snapshots(SnapshotCompiler.empty(REGISTRY, tables));
    published.publish(compiler.compile(published.current(), REGISTRY, tables, Changes.ALL, true));
    List<GatewaySnapshot> served = new ArrayList<>();
    for (int step = 0; step < 300; step++) {
      EntityTables begun = tables;
      changes = new Changes.Collector();
      write(random);
      Changes all = random.nextInt(20) == 0 ? Changes.ALL : changes.changes();
      GatewaySnapshot next = compiler.compile(published.current(), REGISTRY, tables, all, true);
      if (random.nextInt(3) == 0) {
        tables = begun;
      } else {
        published.publish(next);
        served.add(next);
      }
      for (GatewaySnapshot each : served.subList(Math.max(0, served.size() - 5), served.size())) {
        for (RouteDefinition found : ((ListRouter) each.router().orElseThrow()).routes()) {
          RoutePlan plan = each.plan(found);
          assertThat(plan).as("seed %d, step %d", seed, step).isSameAs(each.plan(found.route().id()));
          assertThat(plan.upstream(each)).as("seed %d, step %d", seed, step)
              .isEqualTo(plan.service().flatMap(each.wiring()::of));
        }
      }
    }
  }

  @Test
  @SuppressWarnings("ReferenceEquality")
  void whatWasNotTouchedIsTheSame() {
    for (int i = 0; i < 50; i++) {
      changes = nothing;
      write(new Random(i));
    }
    service("0", "9", StoredEntity.DEFAULT_WORKSPACE, false, new Random(1));
    route("0", "0", StoredEntity.DEFAULT_WORKSPACE, false);
    upstream("9", "9", StoredEntity.DEFAULT_WORKSPACE, false);
    GatewaySnapshot before =
        compiler.compile(SnapshotCompiler.empty(REGISTRY, tables), REGISTRY, tables, Changes.ALL, true);
    changes = new Changes.Collector();
    put(CoreEntities.CONSUMERS, "c", StoredEntity.DEFAULT_WORKSPACE, new JsonObject().put("username", "c"));
    GatewaySnapshot after = compiler.compile(before, REGISTRY, tables, changes.changes(), true);
    assertThat(after.version()).isEqualTo(before.version() + 1);
    assertThat(after.router().orElseThrow()).isSameAs(before.router().orElseThrow());
    assertThat(after.wiring()).isSameAs(before.wiring());
    assertThat(after.plan("r0")).isSameAs(before.plan("r0"));
    changes = new Changes.Collector();
    service("new", "new", StoredEntity.DEFAULT_WORKSPACE, false, new Random(1));
    GatewaySnapshot more = compiler.compile(after, REGISTRY, tables, changes.changes(), true);
    assertThat(more.router().orElseThrow()).as("a service without routes").isSameAs(before.router().orElseThrow());
    assertThat(more.upstreams()).hasSize(after.upstreams().size() + 1);
    changes = new Changes.Collector();
    target("new", "9", StoredEntity.DEFAULT_WORKSPACE, false, new Random(1));
    GatewaySnapshot wider = compiler.compile(more, REGISTRY, tables, changes.changes(), true);
    assertThat(wider.plan("r0")).as("of all routes, whatever targets do").isSameAs(before.plan("r0"));
    assertThat(described(wider)).isNotEqualTo(described(more));
  }

  /** To copy one table of all routes or services would take 200 KB more. */
  @Test
  void aWriteCopiesNextToNothing() {
    Map<String, Long> few = bytesOfWrites(1_000);
    bytesOfWrites(10_000).forEach((write, bytes) -> assertThat(bytes).as(write).isLessThan(few.get(write) + 60_000));
  }

  /** To look at each route would take 120 KB more, to plan each anew a multiple of that. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTargetConcernsNoneOfTheRoutesThatLeadToIt(boolean enabled) {
    assertThat(bytesOfTarget(2_000, enabled)).isLessThan(bytesOfTarget(200, enabled) + 20_000);
  }

  private long bytesOfTarget(int routes, boolean enabled) {
    tables = EntityTables.empty(Clock.systemUTC());
    String workspace = StoredEntity.DEFAULT_WORKSPACE;
    upstream("0", "0", workspace, false);
    put(CoreEntities.SERVICES, "s0", workspace,
        new JsonObject().put("protocol", "http").put("host", "h0").put("port", 80).put("enabled", enabled));
    for (int i = 0; i < routes; i++) {
      route("" + i, "0", workspace, false);
    }
    Registry noRouter = registry(List.of());
    GatewaySnapshot before =
        compiler.compile(SnapshotCompiler.empty(noRouter, tables), noRouter, tables, Changes.ALL, false);
    return bytes(before, noRouter, () -> target("0", "0", workspace, false, new Random(1)));
  }

  private Map<String, Long> bytesOfWrites(int count) {
    tables = EntityTables.empty(Clock.systemUTC());
    String workspace = StoredEntity.DEFAULT_WORKSPACE;
    Random random = new Random(1);
    for (int i = 0; i < count; i++) {
      service("" + i, "" + i, workspace, false, random);
      route("" + i, "" + i, workspace, false);
      plugin("" + i, workspace, false, random);
    }
    Registry noRouter = registry(List.of());
    GatewaySnapshot before =
        compiler.compile(SnapshotCompiler.empty(noRouter, tables), noRouter, tables, Changes.ALL, false);
    Map<String, Long> bytes = new TreeMap<>();
    bytes.put("route", bytes(before, noRouter, () -> route("1", "2", workspace, false)));
    bytes.put("service", bytes(before, noRouter, () -> service("3", "new", workspace, false, random)));
    bytes.put("plugin", bytes(before, noRouter, () -> plugin("5", workspace, false, new Random(3))));
    bytes.put("upstream", bytes(before, noRouter, () -> upstream("9", "7", workspace, false)));
    return bytes;
  }

  private long bytes(GatewaySnapshot before, Registry registry, Runnable write) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    EntityTables begun = tables;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 10; i++) {
      tables = begun;
      changes = new Changes.Collector();
      long had = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      write.run();
      compiler.compile(before, registry, tables, changes.changes(), false);
      least = Math.min(least, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - had);
    }
    tables = begun;
    return least;
  }
}
