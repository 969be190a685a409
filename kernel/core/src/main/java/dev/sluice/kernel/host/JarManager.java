package dev.sluice.kernel.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.DefaultPluginManager;
import org.pf4j.DependencyResolver;
import org.pf4j.ExtensionFinder;
import org.pf4j.IndexedExtensionFinder;
import org.pf4j.JarPluginLoader;
import org.pf4j.Plugin;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginLoader;
import org.pf4j.PluginManager;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginState;
import org.pf4j.PluginStatusProvider;
import org.pf4j.PluginWrapper;
import org.pf4j.VersionManager;

/**
 * PF4J, told what a jar is called before it loads it: two generations of one plugin must not have the same id. It
 * looks into no folder of its own and resolves no dependencies; jars come to it one by one.
 */
final class JarManager extends DefaultPluginManager {

  private Map<Path, Announced> announced;

  /** What is known of a jar before it is loaded: all that PF4J would otherwise look up in every jar at every load. */
  private record Announced(DefaultPluginDescriptor descriptor, JarForm form) {}

  JarManager(Path folder) {
    super(folder);
  }

  void announce(Path jar, String id, String version, JarForm form) {
    DefaultPluginDescriptor descriptor =
        new DefaultPluginDescriptor(id, "", Plugin.class.getName(), version, "", "Sluice", "");
    announced.put(jar, new Announced(descriptor, form));
  }

  private Announced told(Path jar) {
    Announced known = announced.get(jar);
    if (known == null) {
      throw new PluginRuntimeException("'{}' was not announced", jar);
    }
    return known;
  }

  void forget(Path jar) {
    announced.remove(jar);
  }

  @Override
  protected void initialize() {
    announced = new HashMap<>();
    super.initialize();
    dependencyResolver = new Independent(versionManager);
  }

  @Override
  protected PluginDescriptorFinder createPluginDescriptorFinder() {
    return new PluginDescriptorFinder() {
      @Override
      public boolean isApplicable(Path jar) {
        return announced.containsKey(jar);
      }

      @Override
      public PluginDescriptor find(Path jar) {
        return told(jar).descriptor();
      }
    };
  }

  @Override
  protected PluginLoader createPluginLoader() {
    return new Loader(this);
  }

  @Override
  protected ExtensionFinder createExtensionFinder() {
    // The index alone: a jar's META-INF/services is none of the host's business. And the index of that jar alone.
    return new IndexedExtensionFinder(this) {
      @Override
      public Set<String> findClassNames(String id) {
        return Set.of(told(getPlugin(id).getPluginPath()).form().extension());
      }
    };
  }

  /** No jar depends on another: to sort all of them anew for each that comes is work for nothing. */
  @Override
  protected void resolvePlugins() {
    for (PluginWrapper jar : unresolvedPlugins) {
      jar.setPluginState(PluginState.RESOLVED);
      resolvedPlugins.add(jar);
    }
    unresolvedPlugins.clear();
  }

  @Override
  protected PluginStatusProvider createPluginStatusProvider() {
    return new PluginStatusProvider() {
      @Override
      public boolean isPluginDisabled(String id) {
        return false;
      }

      @Override
      public void disablePlugin(String id) {
        // Which jars run is decided by the folder alone.
      }

      @Override
      public void enablePlugin(String id) {
        // See above.
      }
    };
  }

  /** The ids of all jars, in a list of its own: PF4J changes its lists while it walks them. */
  List<String> ids() {
    return getPlugins().stream().map(wrapper -> wrapper.getPluginId()).toList();
  }

  /** Knows, without a graph of all jars, that none depends on another. */
  private static final class Independent extends DependencyResolver {

    Independent(VersionManager versions) {
      super(versions);
    }

    @Override
    public List<String> getDependencies(String id) {
      return new ArrayList<>();
    }

    @Override
    public List<String> getDependents(String id) {
      return new ArrayList<>();
    }
  }

  private final class Loader extends JarPluginLoader {

    Loader(PluginManager manager) {
      super(manager);
    }

    @Override
    protected PluginClassLoader createPluginClassLoader(Path jar, PluginDescriptor descriptor) {
      return new FilteredClassLoader(
          pluginManager, descriptor, JarManager.class.getClassLoader(), told(jar).form().insides());
    }
  }
}
