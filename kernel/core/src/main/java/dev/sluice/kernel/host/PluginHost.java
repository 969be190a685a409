package dev.sluice.kernel.host;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.PluginId;
import dev.sluice.kernel.registry.Contributions;
import dev.sluice.kernel.registry.LoadedPlugin;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.pf4j.PluginState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads, starts, stops and unloads jars. The only class through which the kernel meets PF4J, which is not safe for
 * several threads: all calls come from the control thread.
 */
public final class PluginHost {

  private static final Logger log = LoggerFactory.getLogger(PluginHost.class);

  /** Stands in the place of a file's name for a plugin that comes from no jar. */
  public static final String BUILT_IN = "(built in)";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final JarManager jars;
  private final Function<PluginId, OwnedContext> contexts;
  private final Map<PluginId, Running> running = new HashMap<>();

  private record Running(GatewayPlugin plugin, OwnedContext context, Path jar) {}

  /** A context that gives back what was taken from it. */
  public interface OwnedContext extends PluginContext {
    /** Closes everything that the plugin has taken and not given back. */
    void release();
  }

  /**
   * Makes a host.
   *
   * @param folder where the private copies of the jars lie
   * @param contexts makes the context of a generation
   */
  public PluginHost(Path folder, Function<PluginId, OwnedContext> contexts) {
    this.jars = new JarManager(folder);
    this.contexts = contexts;
  }

  /**
   * Loads a jar and starts its plugin.
   *
   * @param jar a private copy that nobody overwrites
   * @param form what was found in it
   * @param file the name of the original, for people
   * @throws PluginLoadException with the reason; nothing of the jar is left then
   */
  public LoadedPlugin load(Path jar, JarForm form, PluginId id, String file) {
    String key = id.toString();
    try {
      jars.announce(jar, key, id.version(), form);
      jars.loadPlugin(jar);
      if (jars.startPlugin(key) != PluginState.STARTED) {
        Throwable cause = jars.getPlugin(key).getFailedException();
        throw new PluginLoadException(file + " cannot be started: " + cause, cause);
      }
      return start(extension(key, form, file), jar, id, file);
    } catch (PluginLoadException e) {
      discard(key, jar);
      throw e;
    } catch (RuntimeException | LinkageError e) {
      discard(key, jar);
      throw new PluginLoadException(file + " cannot be loaded: " + e, e);
    }
  }

  /** Its one class is known by name: PF4J's search, by annotations and their order, would find nothing else. */
  private GatewayPlugin extension(String key, JarForm form, String file) {
    try {
      Class<?> type = jars.getPluginClassLoader(key).loadClass(form.extension());
      if (jars.getExtensionFactory().create(type) instanceof GatewayPlugin plugin) {
        return plugin;
      }
      throw new PluginLoadException(file + " offers " + type.getName() + ", which is no GatewayPlugin", null);
    } catch (ClassNotFoundException e) {
      throw new PluginLoadException(file + " has no class " + form.extension() + ", which its index names", e);
    }
  }

  /**
   * Starts a plugin that comes from no jar, as tests and embedders have them.
   *
   * @throws PluginLoadException with the reason
   */
  public LoadedPlugin adopt(GatewayPlugin plugin, PluginId id) {
    return start(plugin, Path.of(id.toString()), id, BUILT_IN);
  }

  private LoadedPlugin start(GatewayPlugin plugin, Path jar, PluginId id, String file) {
    OwnedContext context = contexts.apply(id);
    try {
      plugin.start(context);
      Contributions contributions = Contributions.of(plugin);
      running.put(id, new Running(plugin, context, jar));
      return new LoadedPlugin(id, file, contributions);
    } catch (RuntimeException | LinkageError e) {
      context.release();
      throw new PluginLoadException(file + " failed to start: " + e, e);
    }
  }

  /** Lets a generation finish what it still has to do, within bounds; never fails. */
  public Future<Void> finish(PluginId id) {
    Running generation = running.get(id);
    if (generation == null) {
      return Future.succeededFuture();
    }
    Promise<Void> done = Promise.promise();
    try {
      Future<Void> finished = generation.plugin().finish();
      if (!finished.isComplete()) {
        generation.context().after(PATIENCE, () -> giveUp(id, done));
      }
      finished
          .onFailure(cause -> log.warn("{} failed to finish", id, cause))
          .onComplete(ended -> done.tryComplete());
    } catch (RuntimeException | LinkageError e) {
      log.warn("{} failed to finish", id, e);
      done.tryComplete();
    }
    return done.future();
  }

  private static void giveUp(PluginId id, Promise<Void> done) {
    if (done.tryComplete()) {
      log.warn("{} has not finished within {} s", id, PATIENCE.toSeconds());
    }
  }

  /** Lets all generations finish, side by side. */
  public Future<Void> finishAll() {
    return Future.join(running.keySet().stream().map(this::finish).toList()).mapEmpty();
  }

  /** Stops a generation and unloads its jar; what it leaves behind is closed. */
  public void unload(PluginId id) {
    Running generation = running.remove(id);
    if (generation == null) {
      return;
    }
    try {
      generation.plugin().stop();
    } catch (RuntimeException | LinkageError e) {
      log.warn("{} failed to stop", id, e);
    }
    generation.context().release();
    discard(id.toString(), generation.jar());
  }

  /** Stops and unloads everything. */
  public void close() {
    List.copyOf(running.keySet()).forEach(this::unload);
    jars.ids().forEach(jars::unloadPlugin);
  }

  /** The class loader of a running generation, for leak detection. */
  public ClassLoader loaderOf(PluginId id) {
    return jars.getPluginClassLoader(id.toString());
  }

  private void discard(String key, Path jar) {
    try {
      if (jars.getPlugin(key) != null) {
        jars.unloadPlugin(key);
      }
    } catch (RuntimeException e) {
      log.warn("{} could not be unloaded", key, e);
    }
    jars.forget(jar);
    RecordCache.occupy();
  }

  /** A jar cannot be used; the message says why. */
  public static final class PluginLoadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PluginLoadException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
