package dev.sluice.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;

/** What was measured: a line each on the output, and a row each in a table beside the build. */
final class Figures {

  private static final Path FILE = Path.of(System.getProperty("sluice.conformance.figures", "target/figures.md"));

  static {
    try {
      Files.createDirectories(FILE.toAbsolutePath().getParent());
      Files.writeString(FILE, "| figure | value |\n|---|---|\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Figures() {}

  static synchronized void show(String name, Object value) {
    System.out.println("FIGURE " + name + ": " + value);
    try {
      Files.writeString(FILE, "| " + name + " | " + value + " |\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void showMillis(String name, long nanos) {
    show(name, millis(nanos));
  }

  static String millis(long nanos) {
    return String.format(Locale.ROOT, nanos < 10_000_000 ? "%.1f ms" : "%.0f ms", nanos / 1e6);
  }

  static long median(long... values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
