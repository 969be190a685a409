package dev.sluice.testkit.walls;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import dev.sluice.api.GatewayPlugin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pf4j.Extension;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

/** The walls of one module. */
final class PluginWalls {

  private static final List<String> SEAM =
      List.of("dev.sluice.api", "io.vertx.core", "io.netty.buffer", "org.pf4j", "org.slf4j", "java", "javax");

  private final JavaClasses module;
  private final List<String> visible;

  /**
   * Builds the walls.
   *
   * @param module the classes of the jar, shaded ones left out
   * @param libraries packages of libraries that are shaded into the jar
   */
  PluginWalls(JavaClasses module, List<String> libraries) {
    this.module = module;
    this.visible = new ArrayList<>(SEAM);
    visible.addAll(libraries);
  }

  /** The checks by what they ask; each throws an {@link AssertionError} that names the offending lines. */
  Map<String, Runnable> checks() {
    Map<String, Runnable> checks = new LinkedHashMap<>();
    checks.put("one public class with @Extension implements GatewayPlugin", this::oneExtension);
    checks.put("sees the seam, the JDK and its own libraries alone", () -> seamAlone().check(module));
    Bans.ALL.forEach((name, rule) -> checks.put(name, () -> rule.check(module)));
    return checks;
  }

  private void oneExtension() {
    List<JavaClass> extensions = module.stream().filter(each -> each.isAnnotatedWith(Extension.class)).toList();
    if (extensions.size() != 1) {
      throw new AssertionError("expected exactly one class with @Extension, found " + extensions);
    }
    JavaClass extension = extensions.get(0);
    if (!extension.isAssignableTo(GatewayPlugin.class)) {
      throw new AssertionError(extension.getName() + " does not implement GatewayPlugin");
    }
    boolean creatable = extension.getConstructors().stream()
        .anyMatch(each -> each.getRawParameterTypes().isEmpty()
            && each.getModifiers().contains(JavaModifier.PUBLIC));
    if (!creatable || !extension.getModifiers().contains(JavaModifier.PUBLIC)) {
      throw new AssertionError(extension.getName() + " must be public, with a public constructor without parameters");
    }
  }

  private ArchRule seamAlone() {
    return classes().should().onlyDependOnClassesThat(new DescribedPredicate<>("a plugin sees " + visible) {
      @Override
      public boolean test(JavaClass seen) {
        JavaClass type = seen.getBaseComponentType();
        return type.isPrimitive() || module.contain(type.getName()) || isVisible(type.getPackageName());
      }
    });
  }

  private boolean isVisible(String packageName) {
    boolean internal = packageName.startsWith("io.vertx.core.") && (packageName + ".").contains(".impl.");
    return !internal && visible.stream().anyMatch(each ->
        packageName.equals(each) || packageName.startsWith(each + "."));
  }
}
