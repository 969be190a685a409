package dev.sluice.kernel.host;

import java.util.List;

/** The packages that belong to the gateway: a plugin sees them, and must not bring classes of its own in them. */
public final class Seam {

  private static final List<String> PREFIXES =
      List.of("dev.sluice.api.", "io.netty.buffer.", "io.vertx.core.", "org.pf4j.", "org.slf4j.");

  private Seam() {}

  /** Whether a class of that name comes from the gateway. */
  public static boolean holds(String className) {
    return PREFIXES.stream().anyMatch(className::startsWith);
  }

  /** Whether a class of the seam is kept from plugins all the same. */
  static boolean internal(String className) {
    return className.startsWith("io.vertx.core.") && className.contains(".impl.");
  }
}
