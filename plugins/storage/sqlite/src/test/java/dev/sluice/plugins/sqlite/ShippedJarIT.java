package dev.sluice.plugins.sqlite;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.store.Store;
import dev.sluice.testkit.fake.FakePluginContext;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.sluice.testkit.contract.PutBuilder.put;
import static org.assertj.core.api.Assertions.assertThat;

/** The jar as it is shipped: loaded, replaced, unloaded. */
class ShippedJarIT {

  private static final Path JAR = Path.of(System.getProperty("sluice.plugin.jar", "target/sqlite.jar"));

  @TempDir Path prefix;

  /** Sees what the kernel shows to plugins, and the jar; neither the driver nor the plugin of the tests' class path. */
  private static final class PluginLoader extends URLClassLoader {

    PluginLoader(Path jar) throws IOException {
      super(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      boolean shared =
          Stream.of("dev.sluice.api.", "io.vertx.core.", "org.slf4j.", "org.pf4j.").anyMatch(name::startsWith);
      return shared ? ShippedJarIT.class.getClassLoader().loadClass(name) : super.findClass(name);
    }
  }

  private static Store storeOf(ClassLoader loader, FakePluginContext context) throws ReflectiveOperationException {
    Class<?> type = loader.loadClass("dev.sluice.plugins.sqlite.SqlitePlugin");
    assertThat(type.getClassLoader()).isSameAs(loader);
    return ((GatewayPlugin) type.getDeclaredConstructor().newInstance()).stores().get(0).create(context);
  }

  @Test
  void holdsNothingThatItShouldNot() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      List<String> names = jar.stream().map(entry -> entry.getName()).toList();
      assertThat(names).contains("org/sqlite/native/Linux/x86_64/libsqlitejdbc.so", "META-INF/extensions.idx");
      assertThat(names)
          .filteredOn(name -> name.endsWith(".class"))
          .allMatch(name -> name.startsWith("dev/sluice/plugins/sqlite/") || name.startsWith("org/sqlite/"));
      assertThat(names).doesNotContain("META-INF/services/java.sql.Driver");
      assertThat(jar.getManifest().getMainAttributes().getValue("Plugin-Id")).isEqualTo("sqlite");
      assertThat(jar.getManifest().getMainAttributes().getValue("Sluice-Api")).isEqualTo("1.0");
    }
  }

  @Test
  void generationsReplaceEachOtherAndGo() throws Exception {
    WeakReference<ClassLoader> first;
    try (FakePluginContext context = new FakePluginContext(prefix)) {
      first = replaceOnce(context);
      for (int i = 0; i < 200 && first.get() != null; i++) {
        System.gc();
        System.runFinalization();
      }
      assertThat(first.get()).as("the first generation's class loader").isNull();
    }
    assertThat(prefix.resolve("sqlite")).as("the libraries' files").doesNotExist();
  }

  /** Both copies of the library live at once; the second opens the file when the first has closed it. */
  private WeakReference<ClassLoader> replaceOnce(FakePluginContext context) throws Exception {
    // Each generation is loaded from a private copy.
    PluginLoader one = new PluginLoader(Files.copy(JAR, prefix.resolve("one.jar")));
    PluginLoader two = new PluginLoader(Files.copy(JAR, prefix.resolve("two.jar")));
    Store before = storeOf(one, context);
    OpenStore.await(before.open());
    OpenStore.await(before.commit(List.of(put("a").build())));

    Store after = storeOf(two, context);
    var opened = after.open();
    OpenStore.await(before.commit(List.of(put("b").build())));
    assertThat(opened.isComplete()).as("opened while another generation has the file").isFalse();
    OpenStore.await(before.close());
    OpenStore.await(opened);
    assertThat(OpenStore.await(after.find("things", "b"))).isPresent();
    OpenStore.await(after.commit(List.of(put("c").build())));
    OpenStore.await(after.close());
    one.close();
    two.close();
    return new WeakReference<>(one);
  }
}
