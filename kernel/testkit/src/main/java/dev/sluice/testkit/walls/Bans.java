package dev.sluice.testkit.walls;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.core.Vertx;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.lang.ref.Cleaner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** What no plugin does: each of these would keep its class loader alive, block a loop, or stop the node. */
final class Bans {

  /** What is asked of Vert.x by those who give Netty's libraries an event loop; what these open is to be closed. */
  private static final String[] OF_THE_LOOPS = {"currentContext", "nettyEventLoopGroup", "isNativeTransportEnabled"};

  static final Map<String, ArchRule> ALL = all();

  private Bans() {}

  private static Map<String, ArchRule> all() {
    Map<String, ArchRule> bans = new LinkedHashMap<>();
    bans.put("keeps nothing in thread locals", noClasses()
        .should().dependOnClassesThat().areAssignableTo(ThreadLocal.class)
        .because("event loops outlive a plugin and would keep its classes; use a ContextKey"));
    bans.put("starts no thread", noClasses()
        .should().beAssignableTo(Thread.class)
        .orShould().callConstructorWhere(targetIs(Thread.class))
        .orShould().callConstructorWhere(targetIs(ExecutorService.class))
        .orShould().callConstructorWhere(targetIs(Timer.class))
        .orShould().callMethodWhere(targetIs(Executors.class))
        .orShould().callMethodWhere(targetIs(Cleaner.class, "create"))
        .orShould().callMethodWhere(targetIs(CompletableFuture.class, "runAsync", "supplyAsync", "delayedExecutor"))
        .orShould().callMethodWhere(named("parallel", "parallelStream"))
        .because("a thread outlives the plugin; use every(), after(), blocking() and ordered() of PluginContext"));
    bans.put("takes timers, clients and pools from PluginContext", noClasses()
        .should().callMethodWhere(targetIs(Vertx.class).and(DescribedPredicate.not(named(OF_THE_LOOPS))))
        .because("what comes from PluginContext is closed with the plugin, what comes from Vertx is not"));
    bans.put("never sleeps", noClasses()
        .should().callMethodWhere(targetIs(Thread.class, "sleep"))
        .orShould().callMethodWhere(targetIs(TimeUnit.class, "sleep"))
        .because("all requests of an event loop would sleep along; use after() of PluginContext"));
    bans.put("leaves the process alone", noClasses()
        .should().callMethodWhere(targetIs(System.class, "exit"))
        .orShould().callMethodWhere(targetIs(Runtime.class, "exit", "halt", "addShutdownHook"))
        .because("a node is not a plugin's to stop, and a hook outlives the plugin; use stop() of GatewayPlugin"));
    bans.put("maps no JSON by reflection", noClasses()
        .should().callMethodWhere(targetIs(JsonObject.class, "mapTo", "mapFrom"))
        .orShould().callMethodWhere(targetIs(Json.class, "decodeValue").and(intoAClass()))
        .because("the mapper belongs to the host and keeps every class that it has seen; write a decoder"));
    return bans;
  }

  private static DescribedPredicate<JavaAccess<?>> targetIs(Class<?> owner, String... names) {
    List<String> wanted = List.of(names);
    return of(owner.getSimpleName() + wanted, target ->
        target.getOwner().isAssignableTo(owner) && (wanted.isEmpty() || wanted.contains(target.getName())));
  }

  private static DescribedPredicate<JavaAccess<?>> named(String... names) {
    List<String> wanted = List.of(names);
    return of("a method " + wanted, target -> wanted.contains(target.getName()));
  }

  private static DescribedPredicate<JavaAccess<?>> intoAClass() {
    return of("with a Class", target -> target instanceof AccessTarget.CodeUnitCallTarget call
        && call.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Class.class)));
  }

  private static DescribedPredicate<JavaAccess<?>> of(
      String text, Predicate<AccessTarget> predicate) {
    return new DescribedPredicate<>(text) {
      @Override
      public boolean test(JavaAccess<?> access) {
        return predicate.test(access.getTarget());
      }
    };
  }
}
