package dev.sluice.kernel.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.DefaultPluginManager;
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
import org.pf4j.PluginStatusProvider;

/**
 * PF4J, told what a jar is called before it loads it: two generations of one plugin must not have the same id. It
 * looks into no folder of its own and resolves no dependencies; jars come to it one by one.
 */
final class JarManager extends DefaultPluginManager {

  private Map<Path, DefaultPluginDescriptor> announced;

  JarManager(Path folder) {
    super(folder);
  }

  void announce(Path jar, String id, String version) {
    announced.put(jar, new DefaultPluginDescriptor(id, "", Plugin.class.getName(), version, "", "Sluice", ""));
  }

  void forget(Path jar) {
    announced.remove(jar);
  }

  @Override
  protected void initialize() {
    announced = new HashMap<>();
    super.initialize();
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
        DefaultPluginDescriptor descriptor = announced.get(jar);
        if (descriptor == null) {
          throw new PluginRuntimeException("'{}' was not announced", jar);
        }
        return descriptor;
      }
    };
  }

  @Override
  protected PluginLoader createPluginLoader() {
    return new Loader(this);
  }

  @Override
  protected ExtensionFinder createExtensionFinder() {
    // The index alone: a jar's META-INF/services is none of the host's business.
    IndexedExtensionFinder finder = new IndexedExtensionFinder(this);
    addPluginStateListener(finder);
    return finder;
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

  private static final class Loader extends JarPluginLoader {

    Loader(PluginManager manager) {
      super(manager);
    }

    @Override
    protected PluginClassLoader createPluginClassLoader(Path jar, PluginDescriptor descriptor) {
      return new FilteredClassLoader(pluginManager, descriptor, JarManager.class.getClassLoader(), insides(jar));
    }

    private static boolean insides(Path jar) {
      try (JarFile file = new JarFile(jar.toFile())) {
        Manifest manifest = file.getManifest();
        return manifest != null && manifest.getMainAttributes().getValue(Seam.INSIDES_ATTRIBUTE) != null;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
