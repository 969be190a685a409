package dev.sluice.plugins.ledger;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.entity.EntityType;
import dev.sluice.plugins.deployment.Ledger;
import io.vertx.core.Future;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The jar, with somebody who writes after each time that it has read a plugin, and a store that may take no records. */
final class MeddledLedger implements GatewayPlugin {

  private final LedgerPlugin real = new LedgerPlugin();
  volatile Supplier<Future<?>> afterReading = Future::succeededFuture;
  volatile boolean recordsRefused;

  private interface Around {
    Object call(Method method, Object[] arguments) throws ReflectiveOperationException;
  }

  private static <T> T proxy(Class<T> type, Around around) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
      try {
        return around.call(method, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }));
  }

  @Override
  public void start(PluginContext context) {
    real.start(proxy(PluginContext.class, (method, arguments) -> method.getName().equals("entities")
        ? meddled(context.entities())
        : method.invoke(context, arguments)));
  }

  private Entities meddled(Entities entities) {
    return proxy(Entities.class, (method, arguments) -> {
      boolean record = method.getName().equals("insert") && ((EntityType<?>) arguments[0]).name().equals(Ledger.TYPE);
      if (record && recordsRefused) {
        return Future.failedFuture("the store is away");
      }
      Object result = method.invoke(entities, arguments);
      if (method.getName().equals("in")) {
        return ((Optional<?>) result).map(door -> meddled((Entities) door));
      }
      return method.getName().equals("find") && arguments[0].equals(CoreEntities.PLUGINS)
          ? ((Future<?>) result).compose(found -> afterReading.get().map(done -> found))
          : result;
    });
  }

  @Override
  public List<EntityType<?>> entityTypes() {
    return real.entityTypes();
  }

  @Override
  public List<AdminEndpoint> adminEndpoints() {
    return real.adminEndpoints();
  }
}
