package dev.sluice.kernel.host;

import java.io.IOException;
import java.net.URL;
import java.util.Enumeration;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/**
 * The class loader of one jar: it sees the JDK, the seam, and the jar, and nothing else of the kernel. So the kernel
 * may change its libraries, and two plugins may carry different versions of one library.
 */
final class FilteredClassLoader extends PluginClassLoader {

  private final ClassLoader kernel;
  private final boolean insides;

  /**
   * Makes a loader.
   *
   * @param insides whether the jar sees Vert.x's insides and Netty as well
   */
  FilteredClassLoader(PluginManager manager, PluginDescriptor descriptor, ClassLoader kernel, boolean insides) {
    super(manager, descriptor, ClassLoader.getPlatformClassLoader());
    this.kernel = kernel;
    this.insides = insides;
  }

  @Override
  public Class<?> loadClass(String className) throws ClassNotFoundException {
    if (insides && Seam.inside(className)) {
      return kernel.loadClass(className);
    }
    if (Seam.holds(className)) {
      if (Seam.internal(className)) {
        throw new ClassNotFoundException(className + " is no part of the plugin API");
      }
      return kernel.loadClass(className);
    }
    synchronized (getClassLoadingLock(className)) {
      Class<?> loaded = findLoadedClass(className);
      if (loaded != null) {
        return loaded;
      }
      try {
        return getParent().loadClass(className);
      } catch (ClassNotFoundException notOfTheJdk) {
        return findClass(className);
      }
    }
  }

  @Override
  public URL getResource(String name) {
    return findResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return findResources(name);
  }
}
