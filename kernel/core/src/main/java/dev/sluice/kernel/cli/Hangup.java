package dev.sluice.kernel.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has SIGHUP do what it does with other servers, where the JVM lets us; by default it would end the process. The class
 * that does it is in every JDK, but not part of its API: without it, {@code sluice reload} is there.
 */
final class Hangup {

  private static final Logger log = LoggerFactory.getLogger(Hangup.class);

  private Hangup() {}

  static void handle(Runnable task) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler run =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "handle" -> {
                  task.run();
                  yield null;
                }
                case "hashCode" -> 0;
                case "equals" -> proxy == arguments[0];
                default -> "on SIGHUP";
              };
      Object handles = Proxy.newProxyInstance(Hangup.class.getClassLoader(), new Class<?>[] {handler}, run);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), handles);
    } catch (ReflectiveOperationException | RuntimeException e) {
      log.info("SIGHUP cannot be handled here: {}", e.toString());
    }
  }
}
