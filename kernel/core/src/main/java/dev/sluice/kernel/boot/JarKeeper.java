package dev.sluice.kernel.boot;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginId;
import dev.sluice.api.event.Event;
import dev.sluice.kernel.config.ControlPlane;
import dev.sluice.kernel.config.ControlThread;
import dev.sluice.kernel.event.EventBoard;
import dev.sluice.kernel.host.PluginHost;
import dev.sluice.kernel.host.PluginHost.PluginLoadException;
import dev.sluice.kernel.intake.PluginFolder;
import dev.sluice.kernel.intake.StagedJar;
import dev.sluice.kernel.registry.Enabled;
import dev.sluice.kernel.registry.LoadedPlugin;
import dev.sluice.kernel.registry.Registry;
import dev.sluice.kernel.registry.Registry.DuplicateNameException;
import dev.sluice.kernel.snapshot.GatewaySnapshot;
import dev.sluice.kernel.snapshot.Snapshots;
import io.vertx.core.Future;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the jars that run in step with the plugins folder: loads what is new, goes over to it, and lets the old go
 * when its last request has ended. A failure anywhere leaves what runs as it is. Lives on the control thread.
 */
final class JarKeeper {

  private static final Logger log = LoggerFactory.getLogger(JarKeeper.class);

  private final PluginFolder folder;
  private final PluginHost host;
  private final ControlThread control;
  private final ControlPlane plane;
  private final Snapshots snapshots;
  private final EventBoard events;
  private final Enabled enabled;
  private final LongFunction<Future<Void>> drained;
  private final Usage usage;

  private final Map<String, PluginId> failed = new HashMap<>();
  private final Map<String, String> failures = new TreeMap<>();
  private final Queue<WeakReference<ClassLoader>> retired = new ConcurrentLinkedQueue<>();
  private final Set<PluginId> draining = new HashSet<>();
  private final Map<String, String> kept = new TreeMap<>();
  private final Map<PluginId, Path> copies = new HashMap<>();
  private Map<String, StagedJar> wanted = Map.of();
  private Map<String, String> refused = Map.of();
  private boolean unreadable;
  private volatile List<JarStatus> status = List.of();

  /**
   * The state of one jar, for {@code /status}.
   *
   * @param plugin the plugin's name, or the file's when it was refused
   * @param version of the plugin
   * @param generation of the jar
   * @param file in the plugins folder
   * @param state {@code running}, {@code kept}, {@code draining} or {@code refused}
   * @param reason for a state that is not {@code running}
   * @param brings the names of what it contributes, by kind
   */
  record JarStatus(
      String plugin,
      String version,
      String generation,
      String file,
      String state,
      String reason,
      Map<String, List<String>> brings) {

    private static JarStatus refused(String file, String reason) {
      return new JarStatus(file, "", "", file, "refused", reason, Map.of());
    }
  }

  /** What a keeper works with. */
  record Parts(
      PluginFolder folder,
      PluginHost host,
      ControlThread control,
      ControlPlane plane,
      Snapshots snapshots,
      EventBoard events,
      Usage usage) {}

  /**
   * Makes a keeper.
   *
   * @param enabled what the settings let in
   * @param drained completes when no request holds a snapshot up to a version
   */
  JarKeeper(Parts parts, Enabled enabled, LongFunction<Future<Void>> drained) {
    this.folder = parts.folder();
    this.host = parts.host();
    this.control = parts.control();
    this.plane = parts.plane();
    this.snapshots = parts.snapshots();
    this.events = parts.events();
    this.usage = parts.usage();
    this.enabled = enabled;
    this.drained = drained;
  }

  /**
   * Loads what is in the folder, before anything serves.
   *
   * @param builtIn plugins that come from no jar
   */
  Registry first(List<GatewayPlugin> builtIn) throws IOException {
    take(folder.look(true));
    folder.sweep(List.of());
    List<LoadedPlugin> loaded = new ArrayList<>();
    for (GatewayPlugin plugin : builtIn) {
      PluginId id = new PluginId(plugin.getClass().getSimpleName(), Version.SLUICE, "built-in");
      loaded.add(host.adopt(plugin, id));
    }
    for (StagedJar jar : wanted.values()) {
      load(jar).ifPresent(loaded::add);
    }
    Registry registry = unique(loaded);
    report(registry.plugins());
    return registry;
  }

  /** The registry of all of them; where names clash, of those that came first. */
  private Registry unique(List<LoadedPlugin> loaded) {
    try {
      return Registry.of(1, loaded, enabled);
    } catch (DuplicateNameException clash) {
      List<LoadedPlugin> first = new ArrayList<>();
      loaded.forEach(plugin -> addIfUnique(first, plugin));
      return Registry.of(1, first, enabled);
    }
  }

  private void addIfUnique(List<LoadedPlugin> loaded, LoadedPlugin plugin) {
    loaded.add(plugin);
    try {
      Registry.of(1, loaded, enabled);
    } catch (DuplicateNameException e) {
      loaded.remove(plugin);
      refuse(plugin.id(), plugin.file(), e.getMessage());
      unload(plugin.id());
    }
  }

  /** Looks at the folder and goes over to what has changed. */
  Future<Void> look() {
    try {
      boolean changed = take(folder.look(false));
      unreadable = false;
      return changed || !kept.isEmpty() ? reconcile() : Future.succeededFuture();
    } catch (IOException e) {
      if (!unreadable) {
        unreadable = true;
        log.error("the plugins folder cannot be read", e);
      }
      return Future.succeededFuture();
    }
  }

  private boolean take(Optional<PluginFolder.Look> look) {
    look.ifPresent(
        found -> {
          wanted = found.jars();
          found
              .refused()
              .forEach(
                  (file, reason) -> {
                    if (!reason.equals(refused.get(file))) {
                      log.error("{}", reason);
                      events.happened(new Event.PluginChanged(file, reason));
                    }
                  });
          refused = found.refused();
        });
    return look.isPresent();
  }

  private Future<Void> reconcile() {
    Registry running = snapshots.current().registry();
    List<LoadedPlugin> next = new ArrayList<>();
    List<LoadedPlugin> leaving = new ArrayList<>();
    List<LoadedPlugin> arriving = new ArrayList<>();
    Set<String> names = new HashSet<>();
    kept.clear();
    for (LoadedPlugin plugin : running.plugins()) {
      String name = plugin.id().name();
      names.add(name);
      StagedJar jar = wanted.get(name);
      if (plugin.file().equals(PluginHost.BUILT_IN)) {
        next.add(plugin);
      } else if (jar == null) {
        Optional<String> use = usage.of(plugin, snapshots.current());
        use.ifPresent(why -> kept.put(name, "its file is gone; kept since " + why));
        (use.isPresent() ? next : leaving).add(plugin);
      } else if (jar.id().generation().equals(plugin.id().generation())) {
        // Who has put back what runs has answered the refusal of what was there in between.
        failed.remove(jar.file());
        failures.remove(jar.file());
        next.add(plugin);
      } else {
        replace(plugin, jar, next, leaving, arriving);
      }
    }
    for (StagedJar jar : wanted.values()) {
      if (!names.contains(jar.id().name())) {
        load(jar).ifPresent(arriving::add);
      }
    }
    next.addAll(arriving);
    if (arriving.isEmpty() && leaving.isEmpty()) {
      report(running.plugins());
      return Future.succeededFuture();
    }
    return goOver(running, next, arriving, leaving);
  }

  private void replace(
      LoadedPlugin plugin,
      StagedJar jar,
      List<LoadedPlugin> next,
      List<LoadedPlugin> leaving,
      List<LoadedPlugin> arriving) {
    Optional<LoadedPlugin> successor = load(jar);
    if (successor.isPresent()) {
      arriving.add(successor.get());
      leaving.add(plugin);
    } else {
      next.add(plugin);
    }
  }

  private Future<Void> goOver(
      Registry running, List<LoadedPlugin> next, List<LoadedPlugin> arriving, List<LoadedPlugin> leaving) {
    Registry registry;
    try {
      registry = Registry.of(running.version() + 1, next, enabled);
    } catch (DuplicateNameException e) {
      return giveUp(running, arriving, e);
    }
    GatewaySnapshot before = snapshots.current();
    return plane
        .jars(registry)
        .map(
            live -> {
              arriving.forEach(plugin -> happened(plugin, "serves"));
              leaving.forEach(plugin -> retire(plugin, before.version()));
              report(next);
              return (Void) null;
            })
        .recover(cause -> giveUp(running, arriving, cause));
  }

  private Future<Void> giveUp(Registry running, List<LoadedPlugin> arriving, Throwable cause) {
    for (LoadedPlugin plugin : arriving) {
      refuse(plugin.id(), plugin.file(), String.valueOf(cause.getMessage()));
      unload(plugin.id());
    }
    report(running.plugins());
    return Future.succeededFuture();
  }

  private void happened(LoadedPlugin plugin, String what) {
    log.info("plugin {} {} from {}", plugin.id(), what, plugin.file());
    events.happened(new Event.PluginChanged(plugin.id().name(), what));
  }

  private Optional<LoadedPlugin> load(StagedJar jar) {
    if (failed.containsKey(jar.file()) && jar.id().equals(failed.get(jar.file()))) {
      return Optional.empty();
    }
    try {
      LoadedPlugin plugin = host.load(jar.copy(), jar.form(), jar.id(), jar.file());
      copies.put(plugin.id(), jar.copy());
      failed.remove(jar.file());
      failures.remove(jar.file());
      return Optional.of(plugin);
    } catch (PluginLoadException e) {
      refuse(jar.id(), jar.file(), e.getMessage());
      return Optional.empty();
    }
  }

  private void refuse(PluginId id, String file, String reason) {
    log.error("{} is refused: {}", file, reason);
    failed.put(file, id);
    failures.put(file, reason);
    events.happened(new Event.PluginChanged(file, reason));
  }

  private void retire(LoadedPlugin plugin, long version) {
    draining.add(plugin.id());
    long begun = System.nanoTime();
    control
        .here(drained.apply(version))
        .otherwiseEmpty()
        .compose(done -> control.here(host.finish(plugin.id())))
        .onComplete(
            done -> {
              draining.remove(plugin.id());
              unload(plugin.id());
              log.info("plugin {} has drained in {} ms and is gone", plugin.id(), (System.nanoTime() - begun) / 1_000_000);
              report(snapshots.current().registry().plugins());
            });
  }

  private void unload(PluginId id) {
    ClassLoader loader = host.loaderOf(id);
    if (loader != null) {
      retired.add(new WeakReference<>(loader));
    }
    host.unload(id);
    copies.remove(id);
  }

  /** How many class loaders of generations that are gone have not been collected yet; from any thread. */
  int uncollected() {
    retired.removeIf(loader -> loader.refersTo(null));
    return retired.size();
  }

  private void report(List<LoadedPlugin> running) {
    List<JarStatus> rows = new ArrayList<>();
    for (LoadedPlugin plugin : running) {
      PluginId id = plugin.id();
      String why = kept.getOrDefault(id.name(), "");
      rows.add(
          new JarStatus(
              id.name(), id.version(), id.generation(), plugin.file(), why.isEmpty() ? "running" : "kept", why,
              plugin.contributions().names()));
    }
    for (PluginId id : draining) {
      rows.add(
          new JarStatus(
              id.name(), id.version(), id.generation(), "", "draining", "requests are under way", Map.of()));
    }
    refused.forEach((file, reason) -> rows.add(JarStatus.refused(file, reason)));
    failures.keySet().retainAll(wanted.values().stream().map(StagedJar::file).toList());
    failures.forEach((file, reason) -> rows.add(JarStatus.refused(file, reason)));
    status = List.copyOf(rows);
  }

  /** The state of all jars; from any thread. */
  List<JarStatus> status() {
    return status;
  }
}
