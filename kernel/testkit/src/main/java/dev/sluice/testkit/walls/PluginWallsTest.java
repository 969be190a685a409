package dev.sluice.testkit.walls;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Runs the walls on the module that is being built. Surefire finds this class through {@code dependenciesToScan} of the
 * plugins' parent.
 *
 * <p>The system property {@code sluice.module.classes} names the folder of the classes, {@code sluice.walls.libraries}
 * the packages, separated by commas, of libraries that are shaded into the jar.
 */
class PluginWallsTest {

  private static final String CLASSES = "sluice.module.classes";
  private static final String LIBRARIES = "sluice.walls.libraries";

  @TestFactory
  Stream<DynamicTest> aPlugin() {
    String folder = System.getProperty(CLASSES, "");
    assumeTrue(!folder.isEmpty(), () -> CLASSES + " is not set: no plugin is being built");
    String self = getClass().getName().replace('.', '/') + ".class";
    assumeTrue(!Files.exists(Path.of(folder, self)), "the testkit itself is no plugin");
    JavaClasses module = new ClassFileImporter().importPath(Path.of(folder));
    return new PluginWalls(module, libraries()).checks().entrySet().stream()
        .map(check -> DynamicTest.dynamicTest(check.getKey(), check.getValue()::run));
  }

  private static List<String> libraries() {
    return Stream.of(System.getProperty(LIBRARIES, "").split(",", -1))
        .map(String::strip)
        .filter(library -> !library.isEmpty())
        .toList();
  }
}
