package dev.sluice.kernel.host;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;

/**
 * The place in JDK 17 that keeps the class whose records were compared last, and with it the class loader of a jar that is
 * long gone. There is one place, so whoever comes next drives out who is there.
 */
final class RecordCache {

  private record Harmless() {}

  private RecordCache() {}

  /** Takes the place. */
  static void occupy() {
    try {
      MethodType equals = MethodType.methodType(boolean.class, Harmless.class, Object.class);
      ObjectMethods.bootstrap(MethodHandles.lookup(), "equals", equals, Harmless.class, "");
    } catch (Throwable e) {
      throw new LinkageError("records cannot be compared", e);
    }
  }
}
