package dev.sluice.testkit.walls;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.sluice.api.GatewayPlugin;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pcollections.HashTreePMap;
import org.pf4j.Extension;

import static org.assertj.core.api.Assertions.assertThat;

/** Every wall stands: it lets a good plugin through and stops the one that breaks its rule, and no other wall does. */
@SuppressWarnings({"unused", "ThreadPriorityCheck"})
class PluginWallsRulesTest {

  /** The names of the checks that fail for a module of these classes. */
  private static List<String> broken(List<String> libraries, Class<?>... module) {
    List<String> failed = new ArrayList<>();
    new PluginWalls(new ClassFileImporter().importClasses(module), libraries).checks().forEach((name, check) -> {
      try {
        check.run();
      } catch (AssertionError e) {
        failed.add(name);
      }
    });
    return failed;
  }

  private static List<String> broken(Class<?> culprit) {
    return broken(List.of(), Good.class, culprit);
  }

  @Extension
  public static final class Good implements GatewayPlugin {
    private final Map<String, JsonObject> seen = Map.of("a", new JsonObject().put("b", 1));

    /** Uses what is near to what is forbidden. */
    int allowed() {
      Thread.currentThread().getName();
      Vertx.currentContext();
      Object decoded = Json.decodeValue("{}");
      int[][] table = new int[1][1];
      return table[0][0] + ThreadLocalRandom.current().nextInt() + decoded.hashCode() + seen.size();
    }
  }

  @Test
  void aGoodPluginPasses() {
    assertThat(broken(List.of(), Good.class)).isEmpty();
  }

  @Extension
  static final class Second implements GatewayPlugin {}

  @Extension
  public static final class NoPlugin {}

  @Extension
  static final class Hidden implements GatewayPlugin {}

  static final class Plain {}

  @Test
  void anExtensionIsOneAndUsable() {
    String wall = "one public class with @Extension implements GatewayPlugin";
    assertThat(broken(Second.class)).containsExactly(wall);
    assertThat(broken(List.of(), Plain.class)).containsExactly(wall);
    assertThat(broken(List.of(), NoPlugin.class)).containsExactly(wall);
    assertThat(broken(List.of(), Hidden.class)).containsExactly(wall);
  }

  static final class Library {
    Object map = HashTreePMap.empty();
  }

  static final class Internals {
    VertxInternal vertx;
  }

  @Test
  void theSeamIsAllThereIs() {
    String wall = "sees the seam, the JDK and its own libraries alone";
    assertThat(broken(Library.class)).containsExactly(wall);
    assertThat(broken(Internals.class)).containsExactly(wall);
    assertThat(broken(List.of("org.pcollections"), Good.class, Library.class)).isEmpty();
    assertThat(broken(List.of("org.pcoll"), Good.class, Library.class)).containsExactly(wall);
  }

  static final class Local {
    private static final ThreadLocal<String> KEPT = new ThreadLocal<>();
  }

  @Test
  void noThreadLocals() {
    assertThat(broken(Local.class)).containsExactly("keeps nothing in thread locals");
  }

  static final class Starts {
    void run() {
      new Thread(() -> {}).start();
    }
  }

  static final class Inherits extends Thread {}

  static final class Pools {
    void run() {
      Executors.newCachedThreadPool().shutdown();
    }
  }

  static final class Forks {
    ForkJoinPool pool = new ForkJoinPool();
  }

  static final class Times {
    Timer timer = new Timer();
  }

  static final class Supplies {
    Object future = CompletableFuture.supplyAsync(() -> 1);
  }

  static final class Parallel {
    long count = List.of(1).parallelStream().count();
  }

  @Test
  void noThreads() {
    assertThat(List.of(
            Starts.class, Inherits.class, Pools.class, Forks.class, Times.class, Supplies.class, Parallel.class))
        .allSatisfy(culprit -> assertThat(broken(culprit)).containsExactly("starts no thread"));
  }

  static final class OwnTimer {
    void run() {
      Vertx.currentContext().owner().setPeriodic(1000, timer -> {});
    }
  }

  static final class OwnVertx {
    Vertx vertx = Vertx.vertx();
  }

  @Test
  void noLoansFromElsewhere() {
    String wall = "takes timers, clients and pools from PluginContext";
    assertThat(broken(OwnTimer.class)).containsExactly(wall);
    assertThat(broken(OwnVertx.class)).containsExactly(wall);
  }

  static final class Sleeps {
    void run() throws InterruptedException {
      Thread.sleep(1);
    }
  }

  static final class SleepsInUnits {
    void run() throws InterruptedException {
      TimeUnit.SECONDS.sleep(1);
    }
  }

  @Test
  void noSleep() {
    assertThat(broken(Sleeps.class)).containsExactly("never sleeps");
    assertThat(broken(SleepsInUnits.class)).containsExactly("never sleeps");
  }

  static final class Exits {
    void run() {
      System.exit(1);
    }
  }

  static final class Hooks {
    void run(Thread hook) {
      Runtime.getRuntime().addShutdownHook(hook);
    }
  }

  @Test
  void noEndOfTheProcess() {
    assertThat(broken(Exits.class)).containsExactly("leaves the process alone");
    assertThat(broken(Hooks.class)).containsExactly("leaves the process alone");
  }

  static final class Maps {
    Object mapped = new JsonObject().mapTo(Map.class);
  }

  static final class MapsFrom {
    JsonObject mapped = JsonObject.mapFrom(Map.of());
  }

  static final class Decodes {
    Object decoded = Json.decodeValue("{}", Map.class);
  }

  @Test
  void noReflectiveJson() {
    assertThat(List.of(Maps.class, MapsFrom.class, Decodes.class))
        .allSatisfy(culprit -> assertThat(broken(culprit)).containsExactly("maps no JSON by reflection"));
  }
}
