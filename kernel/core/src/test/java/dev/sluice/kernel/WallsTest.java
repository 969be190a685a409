package dev.sluice.kernel;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

class WallsTest {

  private static JavaClasses kernel;

  @BeforeAll
  static void read() {
    kernel = new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.sluice.kernel");
  }

  private static String of(String name) {
    return "dev.sluice.kernel." + name + "..";
  }

  @Test
  void onlyTheHostKnowsPf4j() {
    noClasses().that().resideOutsideOfPackage(of("host"))
        .should().dependOnClassesThat().resideInAPackage("org.pf4j..").check(kernel);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.sluice.kernel.(*)..").should().beFreeOfCycles().check(kernel);
  }

  @Test
  void thePipelineDoesNotKnowWhatComesAfterIt() {
    noClasses().that().resideInAPackage(of("pipeline"))
        .should().dependOnClassesThat().resideInAnyPackage(of("proxy"), of("listener"), of("config")).check(kernel);
  }

  @Test
  void theRequestPathDoesNotKnowTheControlPlane() {
    noClasses().that().resideInAnyPackage(of("pipeline"), of("proxy"), of("snapshot"), of("upstream"))
        .should().dependOnClassesThat()
        .resideInAnyPackage(of("config"), of("boot"), of("cli"), of("intake"), of("host")).check(kernel);
  }

  @Test
  void theKernelKnowsNoPlugin() {
    noClasses().should().dependOnClassesThat().resideInAPackage("dev.sluice.plugins..").check(kernel);
  }

  @Test
  void internalsOfVertxStayInFewClasses() {
    String few = ".*\\.(ByteBufs|Dispatch|EventLoops|HeaderLines|LeanHeaders|ConnectionPool|ProxyVerticle|StrictRequestDecoder|WarmUp)(\\$.*)?";
    noClasses().that().haveNameNotMatching(few)
        .should().dependOnClassesThat().resideInAnyPackage("io.vertx.core..impl..").check(kernel);
  }
}
