package dev.sluice.api.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Keys and certificates made for tests. */
public final class TestPems {

  private TestPems() {}

  /** The text of a file beside this class. */
  public static String text(String file) {
    try (InputStream in = TestPems.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
