package dev.sluice.kernel.boot;

import dev.sluice.api.entity.Declaration;
import dev.sluice.api.entity.Declarations;
import dev.sluice.api.store.Store;
import dev.sluice.kernel.config.StoreKeeper;
import dev.sluice.kernel.pipeline.Loop;
import dev.sluice.kernel.pipeline.LoopCounters;
import dev.sluice.kernel.snapshot.FilterInstance;
import dev.sluice.kernel.snapshot.GatewaySnapshot;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What the node reports of itself. Safe for all threads. */
final class NodeStatus {

  private final List<Loop> loops;
  private volatile Optional<StoreKeeper> stores = Optional.empty();
  private volatile Optional<Declarations> declarations = Optional.empty();
  private volatile Supplier<JsonObject> serving = JsonObject::new;
  private volatile boolean reachable;
  private volatile boolean ready;
  private volatile boolean draining;
  private volatile long snapshot;
  private volatile JarKeeper jars;
  private volatile Supplier<GatewaySnapshot> serves;

  NodeStatus(List<Loop> loops) {
    this.loops = loops;
  }

  void database(StoreKeeper keeper, Supplier<JsonObject> source) {
    serving = source;
    stores = Optional.of(keeper);
  }

  private Optional<Store> store() {
    return stores.flatMap(StoreKeeper::store);
  }

  void declarations(Declarations all) {
    declarations = Optional.of(all);
  }

  void jars(JarKeeper keeper, Supplier<GatewaySnapshot> current) {
    serves = current;
    jars = keeper;
  }

  /** Says whether listeners are open; begins with a store that was just opened. */
  void ready(boolean now) {
    reachable = store().isPresent();
    draining = ready && !now;
    ready = now;
  }

  void published(long version) {
    snapshot = version;
  }

  /** Asks the store whether it is there; the answer is for the next report. */
  void probe() {
    if (store().isEmpty()) {
      reachable = false;
    }
    store()
        .ifPresent(
            opened ->
                opened.reachable().onComplete(answer -> reachable = answer.succeeded() && answer.result()));
  }

  JsonObject report() {
    long accepted = 0;
    long active = 0;
    long requests = 0;
    long inFlight = 0;
    for (Loop loop : loops) {
      LoopCounters counters = loop.counters();
      accepted += counters.accepted();
      active += counters.active();
      requests += counters.requests();
      inFlight += counters.inFlight();
    }
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    JsonArray plugins = new JsonArray();
    if (jars != null) {
      for (JarKeeper.JarStatus jar : jars.status()) {
        plugins.add(row(jar));
      }
      absent().forEach((name, means) -> plugins.add(row(name, means)));
    }
    return new JsonObject()
        .put("ready", ready && store().isPresent())
        .put("draining", draining)
        .put("snapshot", snapshot)
        .put("database", new JsonObject().put("reachable", reachable))
        .put("configuration", serving.get())
        .put("configuration_hash", declarations.map(Declarations::hash).orElse(Declaration.NO_HASH))
        .put("connections_accepted", accepted)
        .put("connections_active", active)
        .put("total_requests", requests)
        .put("requests_in_flight", inFlight)
        .put("heap_used", heap.getUsed())
        .put("heap_max", heap.getMax())
        .put("pid", ProcessHandle.current().pid())
        .put("plugins", plugins)
        .put("uncollected_class_loaders", jars == null ? 0 : jars.uncollected());
  }

  /** What is configured although no jar brings it. */
  private Map<String, FilterInstance.Absence> absent() {
    Map<String, FilterInstance.Absence> absent = new TreeMap<>();
    for (FilterInstance each : serves.get().instances().values()) {
      if (each.absence() != FilterInstance.Absence.NONE) {
        absent.merge(each.config().name(), each.absence(), (a, b) -> a == b ? a : FilterInstance.Absence.REFUSING);
      }
    }
    return absent;
  }

  private static JsonObject row(String name, FilterInstance.Absence means) {
    boolean withdrawn = means == FilterInstance.Absence.WITHDRAWN;
    return new JsonObject()
        .put("name", name)
        .put("file", "")
        .put("state", withdrawn ? "withdrawn" : "missing")
        .put("reason", withdrawn
            ? "its jar was taken out: the hosts of its services serve"
            : "it is configured, and no jar brings it: its routes refuse requests");
  }

  private static JsonObject row(JarKeeper.JarStatus jar) {
    JsonObject row =
        new JsonObject().put("name", jar.plugin()).put("file", jar.file()).put("state", jar.state());
    if (!jar.version().isEmpty()) {
      row.put("version", jar.version()).put("generation", jar.generation());
    }
    if (!jar.reason().isEmpty()) {
      row.put("reason", jar.reason());
    }
    if (!jar.brings().isEmpty()) {
      JsonObject brings = new JsonObject();
      jar.brings().forEach((kind, names) -> brings.put(kind, new JsonArray(names)));
      row.put("brings", brings);
    }
    return row;
  }
}
