package dev.sluice.kernel.boot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions that the node reports. */
public final class Version {

  /** The Kong version that answers are compatible with. */
  public static final String COMPATIBLE = "3.9.3";

  /** Sluice's own version. */
  public static final String SLUICE = read();

  private Version() {}

  private static String read() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
