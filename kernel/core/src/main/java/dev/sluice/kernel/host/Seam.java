package dev.sluice.kernel.host;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The packages that belong to the gateway: a plugin sees them, and must not bring classes of its own in them. */
public final class Seam {

  /**
   * The attribute of a manifest by which a jar asks for the insides of Vert.x and for Netty, as Vert.x's own clients
   * need them. Its value is the one version that it was built for: insides promise nothing to any other.
   */
  public static final String INSIDES_ATTRIBUTE = "Sluice-Vertx";

  private static final List<String> PREFIXES =
      List.of("dev.sluice.api.", "io.netty.buffer.", "io.vertx.core.", "org.pf4j.", "org.slf4j.");

  private Seam() {}

  /** Whether a class of that name comes from the gateway. */
  public static boolean holds(String className) {
    for (String prefix : PREFIXES) {
      if (className.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a class is shown to jars that have asked for insides, beyond the seam. */
  static boolean inside(String className) {
    return className.startsWith("io.vertx.core.") || className.startsWith("io.netty.");
  }

  /** The version of Vert.x whose insides there are. */
  public static String vertxVersion() {
    try (InputStream in = Vertx.class.getResourceAsStream("/META-INF/vertx/vertx-version.txt")) {
      return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).trim();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a class of the seam is kept from plugins all the same. */
  static boolean internal(String className) {
    return className.startsWith("io.vertx.core.") && className.contains(".impl.");
  }
}
